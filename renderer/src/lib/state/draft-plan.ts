import {
  type AttachmentProblem,
  attachmentProblemWords,
  type AttachmentView,
  choicesOf,
  type ConnectionView,
  countWords,
  type DraftView,
  inputKindWords,
  kindWords,
  listWords,
  placeOf,
  type RecipeShape,
  type RecipeView,
  sizeWords,
} from '../contract.ts';

/** What Run would do with the current draft. */
export interface DraftPlan {
  readonly sent: readonly AttachmentView[];
  /** Attachments that the recipe does not take. */
  readonly unused: readonly AttachmentView[];
  readonly messageUnused: boolean;
  /** Whether the data field is shown: the recipe takes data, or the field has text. */
  readonly hasData: boolean;
  readonly dataUnused: boolean;
  /** Whether several attachments are sent, so that each can have a run of its own. */
  readonly mayBeMany: boolean;
  /** The recipe's own text, where it runs because no other is sent; else undefined. */
  readonly ownText: string | undefined;
  /** Why Run is disabled, as a sentence; null if it is enabled. */
  readonly blocked: string | null;
  /** What Run sends, and where to. */
  readonly summary: string;
}

/** Whether the recipe takes the attachment. A recipe with an unknown shape counts as taking it. */
const isTaken = (shape: RecipeShape | null, thing: AttachmentView): boolean =>
  placeOf(thing, shape?.takes ?? null) !== null;

/** The fields that the user writes. */
export interface Written {
  readonly message: string;
  readonly data: string;
  /** Why the data cannot be sent, as a sentence; null if it can. */
  readonly dataProblem: string | null;
  /** The attachments that a recipe with a form uses; null for a recipe without one. */
  readonly usedByForm: readonly AttachmentView[] | null;
}

export function planOf(
  draft: DraftView,
  { message, data, dataProblem, usedByForm }: Written,
  recipe: RecipeView | null,
  connection: ConnectionView,
): DraftPlan {
  const shape = recipe?.shape ?? null;
  const used = usedByForm === null ? null : new Set(usedByForm);
  const isUsed = (each: AttachmentView): boolean => used?.has(each) ?? isTaken(shape, each);
  const sent = draft.attachments.filter((each) => each.problem === null && isUsed(each));
  const unused = draft.attachments.filter((each) => each.problem === null && !isUsed(each));
  const hasMessage = message.trim() !== '';
  const messageUnused = hasMessage && shape !== null && !shape.takes.includes('text');
  const sendsMessage = hasMessage && !messageUnused;
  const takesData = shape?.takes.includes('json') === true;
  const hasText = sendsMessage || sent.some((each) => !isFile(each));
  const ownText = hasText ? undefined : shape?.ownText;
  const sendsData = data.trim() !== '' && (takesData || (recipe !== null && shape === null));
  return {
    sent,
    unused,
    messageUnused,
    hasData: takesData || data.trim() !== '',
    ownText,
    dataUnused: data.trim() !== '' && recipe !== null && !sendsData,
    blocked:
      blockedBy(draft, recipe, used !== null || sent.length > 0 || sendsMessage || sendsData) ??
      (sendsData && dataProblem !== null ? `The data cannot be read. ${dataProblem}` : null),
    mayBeMany: ownRuns(sent) > 1,
    summary: summaryOf(
      sent,
      [...(used === null ? [] : ['the form']), ...(sendsMessage ? ['a message'] : []), ...(sendsData ? ['data'] : [])],
      { connection, ownText },
      draft.mode === 'each' ? ownRuns(sent) : 1,
    ),
  };
}

function blockedBy(draft: DraftView, recipe: RecipeView | null, sendsAnything: boolean): string | null {
  const problems = draft.attachments.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) return problemWords(problems);
  const count = draft.attachments.length;
  if (recipe === null)
    return count > 1
      ? `Choose a recipe for the ${countWords(count, 'item')}.`
      : `Choose a recipe${count === 1 ? ' for the item' : ''}.`;
  const takes = recipe.shape?.takes ?? [];
  if (sendsAnything || (recipe.shape !== null && takes.length === 0)) return null;
  if (count === 0 && recipe.shape?.ownText !== undefined) return null;
  if (count > 0) {
    const only = `This recipe takes ${listWords(takes.map(inputKindWords))} only.`;
    const mayBeSent = draft.attachments.some((each) => choicesOf(each, takes).length > 0);
    return mayBeSent ? `${only} Choose how to send the item, or add another.` : only;
  }
  if (takes.length > 0 && !takes.includes('text')) return `Add ${listWords(takes.map(inputKindWords), 'or')}.`;
  return takes.length === 1 ? 'Write a message or add a text.' : 'Add a file or write a message.';
}

/** Why the attachments cannot be sent, for the line beside Run; each card has its own text. */
function problemWords(problems: readonly AttachmentProblem[]): string {
  const [first, ...others] = problems;
  const all = (problem: AttachmentProblem): boolean => problems.every((each) => each === problem);
  const count = countWords(problems.length, 'item');
  if (all('looking')) return `${others.length === 0 ? 'One item is' : `${count} are`} being checked.`;
  if (all('folder'))
    return others.length === 0
      ? 'Add the files of the folder, or remove it, to run.'
      : 'Add the files of the folders, or remove them, to run.';
  if (first === undefined || others.length > 0) return `${count} cannot be sent yet. Each says what it needs.`;
  if (first === 'unanswered') return 'The drive of one item does not answer. Look again, or remove it, to run.';
  return `${attachmentProblemWords(first, 'One item')} Remove it to run.`;
}

const isFile = ({ kind }: AttachmentView): boolean => kind !== 'link' && kind !== 'text';

/** The number of runs if each has its own: one per file, with the texts sent to each; one per text if there are no files. */
const ownRuns = (sent: readonly AttachmentView[]): number => sent.filter(isFile).length || sent.length;

function summaryOf(
  sent: readonly AttachmentView[],
  written: readonly string[],
  { connection, ownText }: { readonly connection: ConnectionView } & Pick<DraftPlan, 'ownText'>,
  runs: number,
): string {
  const files = sent.filter(isFile);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const parts = [
    files.length > 0 ? `${countWords(files.length, 'file')}, ${sizeWords(bytes)}` : '',
    ...(['text', 'link'] as const).map((kind) => {
      const count = sent.filter((attachment) => attachment.kind === kind).length;
      return count > 0 ? kindWords(kind, count) : '';
    }),
    ...written,
  ].filter((part) => part !== '');
  const nothing = ownText === undefined ? 'Runs without input,' : "Runs with the recipe's own text,";
  const what = parts.length === 0 ? nothing : `Sends ${listWords(parts)},`;
  const where = connection.profile?.name ?? 'the server';
  const many = runs > 1 ? ` in ${countWords(runs, 'run')}` : '';
  const line = `${what} ${parts.length === 0 ? 'on' : 'to'} ${where}${many}`;
  return connection.status === 'online' || connection.status === 'checking' ? line : `${line} as soon as it can`;
}
