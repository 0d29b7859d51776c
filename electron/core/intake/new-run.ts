import { randomUUID } from 'node:crypto';
import { MAX_BYTES } from '../../contract/limits.ts';
import type { BatchId, DraftMode, FormValues, ProfileId, RecipeForm, RecipeView } from '../../contract/views.ts';
import { AppError } from '../base/coded-error.ts';
import { placeInForm, usedIn } from '../../contract/form-files.ts';
import { withMessage } from '../../contract/form-message.ts';
import { problemsOf } from '../../contract/form-rules.ts';
import { placeOf } from '../../contract/kinds.ts';
import { bytesInBody, chatText, type Takes } from '../model/assemble.ts';
import { sentFields } from '../model/form/form-args.ts';
import type { Attachment, Uploaded } from '../model/attachment.ts';
import { NEW_RUN, type Run, type RunIn, type RunInput } from '../model/run.ts';

/** What `newRuns` needs to make runs. */
export interface RunRequest {
  readonly profile: { readonly id: ProfileId; readonly origin: string; readonly name: string };
  readonly recipe: Pick<RecipeView, 'id' | 'name' | 'shape'>;
  readonly attachments: readonly Attachment[];
  readonly message: string;
  /** The form of the recipe, and what it was filled in with; null when it has none. */
  readonly form: RecipeForm | null;
  readonly values: FormValues;
  /** What each run sends in place of `values`; null: all send the same. */
  readonly rows?: readonly RunRow[] | null;
  readonly owner: string;
}

/** What one run of several sends: the values of the form, and files that fill its fields in place of those of the draft. */
export interface RunRow {
  readonly values: FormValues;
  /** Each names its field. */
  readonly files: readonly Attachment[];
}

/**
 * Makes runs of the draft, or throws why it cannot run as it is. Inputs that the recipe does not use are not part of a
 * run: they are neither sent nor on the receipt.
 *
 * `each` makes one run per file, in their order and as one batch; each of them gets the message, the values of the form, and the
 * texts and links too. Without files, each text and link gets its own run. With rows, each row makes these runs, in its order.
 *
 * @throws AppError `attachment-problem` with the file's name; `form-problem` with the label of the field;
 * `nothing-to-run`; `start-too-large`
 */
export function newRuns(request: RunRequest, mode: DraftMode, now: number): readonly RunIn<'queued'>[] {
  const { recipe, message, attachments, form, values } = request;
  const takes = recipe.shape?.takes ?? null;
  const bad = attachments.find((attachment) => attachment.problem !== null);
  if (bad !== undefined) throw new AppError('attachment-problem', bad.name);
  const hasText = message.trim() !== '' && (takes === null || takes.includes('text'));
  const rows = request.rows ?? [{ values, files: [] }];
  const plans = rows.flatMap((row) => plansOf(request, row, mode));
  // Something that is not used would be left out without a word.
  const runsOwnText = recipe.shape?.ownText !== undefined && attachments.length === 0;
  const needsInput = form === null && !runsOwnText && (takes === null || takes.length > 0);
  if (needsInput && !hasText && plans.every(({ part }) => part.length === 0))
    throw new AppError('nothing-to-run', recipe.name);
  for (const plan of plans) assertFilledIn(plan, form);
  assertFits(plans, hasText ? message : '', takes);
  const batchId = plans.length > 1 ? randomUUID() : null;
  return plans.map((plan) => runOf(request, plan, batchId, now));
}

/** The inputs and values of one run. */
interface RunPlan {
  readonly part: readonly Attachment[];
  /** As they are sent. */
  readonly values: FormValues;
}

/** The runs of one row. Its files fill their fields alone. */
function plansOf(request: RunRequest, { values, files }: RunRow, mode: DraftMode): readonly RunPlan[] {
  const { recipe, attachments, form } = request;
  const takes = recipe.shape?.takes ?? null;
  const filled = new Set(files.map(({ field }) => field));
  const placed = files.length === 0 ? null : placeInForm(attachments, form, values);
  const others = placed === null ? attachments : attachments.filter((each) => !filled.has(placed.get(each) ?? ''));
  const used = usedIn({ takes, form, values }, others, mode);
  const parts = mode === 'each' ? partsOf(used) : [used];
  return parts.map((each) => {
    const part = withFields([...files, ...each], form, values);
    return { part, values: sentValues(request, part, values) };
  });
}

/** Attachments with the field of the form that each fills. What fills none is the same object in all parts. */
const withFields = (
  part: readonly Attachment[],
  form: RecipeForm | null,
  values: FormValues,
): readonly Attachment[] => {
  const fields = placeInForm(part, form, values);
  return part.map((attachment) => {
    const field = fields.get(attachment) ?? null;
    return field === attachment.field ? attachment : { ...attachment, field };
  });
};

/** The values of the form as they are sent: a message counts in place of the field that has its name (wire 13.2). */
const sentValues = (
  { form, message, recipe }: RunRequest,
  part: readonly Attachment[],
  values: FormValues,
): FormValues => {
  const takes = recipe.shape?.takes ?? null;
  const chat = part.filter(({ field }) => field === null);
  return withMessage({ form, takes, values }, chatText(chat, message.trim(), takes));
};

/** @throws AppError `form-problem` for the first field that cannot be sent */
function assertFilledIn({ part, values }: RunPlan, form: RecipeForm | null): void {
  if (form === null) return;
  const filesOf = (key: string): number => part.filter(({ field }) => field === key).length;
  const [problem] = problemsOf(form, values, filesOf);
  const field = form.fields.find(({ key }) => key === problem?.key);
  if (problem !== undefined && field !== undefined) throw new AppError('form-problem', field.label);
}

/**
 * Texts and values go into the body of the start, whose size the server limits (wire 4). `startBody` measures it
 * exactly.
 */
function assertFits(plans: readonly RunPlan[], message: string, takes: Takes): void {
  const ofMessage = bytesInBody({ kind: 'text', mime: null, sendAs: null, field: null, text: message }, takes);
  const forms = new Map(plans.map(({ values }) => [values, 0]));
  for (const values of forms.keys()) forms.set(values, Buffer.byteLength(JSON.stringify(values)));
  const things = new Set(plans.flatMap(({ part }) => part));
  const sizes = new Map([...things].map((attachment) => [attachment, bytesInBody(attachment, takes)]));
  for (const { part, values } of plans) {
    const first = ofMessage + (forms.get(values) ?? 0);
    const bytes = part.reduce((sum, attachment) => sum + (sizes.get(attachment) ?? 0), first);
    if (bytes > MAX_BYTES) throw new AppError('start-too-large');
  }
}

/** The inputs of each run of a batch, in the order of the draft. */
function partsOf(used: readonly Attachment[]): readonly (readonly Attachment[])[] {
  if (used.length === 0) return [used];
  const files = used.filter(({ path }) => path !== null);
  if (files.length === 0) return used.map((attachment) => [attachment]);
  const beside = used.filter(({ path }) => path === null);
  return files.map((file) => [file, ...beside]);
}

function runOf(
  { profile, recipe, message, form, owner }: RunRequest,
  { part, values }: RunPlan,
  batchId: BatchId | null,
  now: number,
): RunIn<'queued'> {
  return {
    ...NEW_RUN,
    id: randomUUID(),
    profileId: profile.id,
    origin: profile.origin,
    serverName: profile.name,
    recipeId: recipe.id,
    recipeName: recipe.name,
    takes: recipe.shape?.takes ?? null,
    message: message.trim(),
    form: form === null ? null : sentFields(form, values),
    since: now,
    createdAt: now,
    listedAt: now,
    owner,
    batchId,
    inputs: part.map((attachment, position) => inputOf(attachment, position, recipe.shape?.takes ?? null, profile.id)),
  };
}

function inputOf(attachment: Attachment, position: number, takes: Run['takes'], profileId: ProfileId): RunInput {
  const { kind, name, path, text, size, mtimeMs, mime, field, madeFrom, uploaded } = attachment;
  return {
    ...{ position, kind, name, path, text, size, mtimeMs, mime },
    sendAs: field === null ? placeOf(attachment, takes) : null,
    field,
    ...uploadFor(profileId, uploaded, attachment.sha256),
    copy: null,
    serverName: null,
    madeFrom,
  };
}

/**
 * Returns the copy that this server has already, so that the file need not be sent again; the sender checks that the
 * server still has it.
 */
function uploadFor(
  profileId: ProfileId,
  uploaded: Uploaded | undefined,
  sha256: string | null,
): Pick<RunInput, 'sha256' | 'fid' | 'fidExpires'> {
  if (uploaded?.profileId !== profileId) return { sha256, fid: null, fidExpires: null };
  return { sha256: uploaded.sha256, fid: uploaded.fid, fidExpires: uploaded.expires };
}

/** Makes a new run with the inputs of an earlier one. Its history is not copied. */
export const runLike = (
  run: Run,
  change: Pick<Run, 'id' | 'owner' | 'batchId' | 'inputs' | 'profileId' | 'serverName'>,
  now: number,
): RunIn<'queued'> => ({ ...run, ...NEW_RUN, ...change, since: now, createdAt: now, listedAt: now });
