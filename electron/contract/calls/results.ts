import { z } from 'zod';
import { TEXT_ENCODINGS } from '../text-encodings.ts';
import type {
  DraftView,
  PictureSizeView,
  PreviewView,
  ResultView,
  RunLogView,
  SavedView,
  SavePlanView,
  SentView,
} from '../views.ts';
import { id, listUpTo, takes, textUpTo } from './call.ts';

const position = z.int().min(0);
const artifact = z.strictObject({ runId: id, position });
const part = z.strictObject({ runId: id, part: z.enum(['text', 'object', 'message']), position });
const positions = listUpTo(position, 'files').min(1);
const rule = textUpTo('rule');

export const RESULTS_CALLS = {
  'results:view': takes(z.strictObject({ runId: id })).gives<ResultView>(),
  /** The beginning of a text file, read as `encoding` or as what it most likely is; `none` for a file that is no text. */
  'results:preview': takes(artifact.extend({ encoding: z.enum(TEXT_ENCODINGS).nullable() })).gives<PreviewView>(),
  /**
   * Fetches a file that is not here, whatever its size (`ArtifactView.mayComeAgain`). Answers when it is here, which can
   * take long.
   */
  'results:fetch': takes(artifact).gives<null>(),
  /** The bytes of a PDF; null for other files and for one that is too large to be shown. */
  'results:bytes': takes(artifact).gives<Uint8Array<ArrayBuffer> | null>(),
  /** How large a picture is; null where it does not say. A larger one than `LARGEST_PICTURE` is only drawn with `?large`. */
  'results:picture-size': takes(artifact).gives<PictureSizeView | null>(),
  'results:copy-text': takes(part).gives<null>(),
  /** Asks where to, then writes a text or data there. The answer is the chosen file's name, null when the user changed their mind. */
  'results:save-part': takes(part).gives<{ readonly savedAs: string | null }>(),
  /** Puts a text on the table for another run; data goes where it is written by hand. */
  'results:use-part': takes(part).gives<DraftView>(),
  /** Asks where to, then copies. The answer is the chosen file's name, null when the user changed their mind. */
  'results:save': takes(artifact).gives<{
    readonly savedAs: string | null;
  }>(),
  /** What `results:save-all` would do with this rule (contract/save-rule.ts); null: the one used last. */
  'results:save-plan': takes(z.strictObject({ runId: id, rule: rule.nullable() })).gives<SavePlanView>(),
  /** Asks for the folder that all files are saved to. It is remembered until the program ends. */
  'results:save-folder': takes(z.strictObject({ runId: id, rule })).gives<SavePlanView>(),
  /** Copies all files under names of this rule, which is remembered; asks for a folder where none was chosen yet. */
  'results:save-all': takes(z.strictObject({ runId: id, rule })).gives<SavedView>(),
  /** Puts a picture on the clipboard. */
  'results:copy-picture': takes(artifact).gives<null>(),
  /** Opens a file in the program the desktop has for it, where it is of a harmless kind (contract/artifact-kinds.ts). */
  'results:open': takes(artifact).gives<null>(),
  /** Goes on with a drag that began on these files, out of the window. */
  'results:drag': takes(z.strictObject({ runId: id, positions })).gives<null>(),
  /** Puts these files on the table for another run. */
  'results:use': takes(z.strictObject({ runId: id, positions })).gives<DraftView>(),
  'results:sent': takes(z.strictObject({ runId: id })).gives<SentView>(),
  /** Puts a shell script on the clipboard that does what the run did. */
  'results:copy-curl': takes(z.strictObject({ runId: id })).gives<null>(),
  'results:log': takes(z.strictObject({ runId: id })).gives<RunLogView>(),
  /** Asks for a folder and makes one in it with all that the run was given and gave. */
  'results:export': takes(z.strictObject({ runId: id })).gives<SavedView>(),
  'results:reveal': takes(z.strictObject({ runId: id, position: position.nullable() })).gives<null>(),
} as const;
