export type CopyOutcome = 'copied' | 'refused';

/** What came of copying, in words. */
export const COPY_WORDS: Readonly<Record<CopyOutcome, string>> = {
  copied: 'Copied',
  refused: 'Selected: copy it with the keyboard',
};

/**
 * Puts a text on the clipboard. Where the system does not let a page write to it, the text as it stands in `shown` is
 * selected: the next best is then one key away.
 */
export async function copyText(text: string, shown: Node): Promise<CopyOutcome> {
  const outcome = await navigator.clipboard.writeText(text).then(
    () => 'copied' as const,
    () => 'refused' as const,
  );
  if (outcome === 'refused') getSelection()?.selectAllChildren(shown);
  return outcome;
}
