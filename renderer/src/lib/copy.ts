export type CopyOutcome = 'copied' | 'refused';

/** The outcome of a copy in words. */
export const COPY_WORDS: Readonly<Record<CopyOutcome, string>> = {
  copied: 'Copied',
  refused: 'Selected: copy it with the keyboard',
};

/** Puts a text on the clipboard. If the system refuses, the content of `shown` is selected for the user to copy. */
export async function copyText(text: string, shown: Node): Promise<CopyOutcome> {
  const outcome = await navigator.clipboard.writeText(text).then(
    () => 'copied' as const,
    () => 'refused' as const,
  );
  if (outcome === 'refused') getSelection()?.selectAllChildren(shown);
  return outcome;
}
