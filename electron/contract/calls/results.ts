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
  /** The beginning of a text file, decoded as `encoding`; null: as the likeliest one. `none` for other files. */
  'results:preview': takes(artifact.extend({ encoding: z.enum(TEXT_ENCODINGS).nullable() })).gives<PreviewView>(),
  /**
   * Fetches a file that is not on this machine (`ArtifactView.mayComeAgain`), whatever its size. Answers when it is
   * complete, which can take long.
   */
  'results:fetch': takes(artifact).gives<null>(),
  /** The bytes of a PDF; null for other files and for a PDF that is too large to show. */
  'results:bytes': takes(artifact).gives<Uint8Array<ArrayBuffer> | null>(),
  /** The size of a picture; null when unknown. One above `LARGEST_PICTURE` is served only with `?large`. */
  'results:picture-size': takes(artifact).gives<PictureSizeView | null>(),
  'results:copy-text': takes(part).gives<null>(),
  /** Lets the user choose a file and writes a text or data to it. Answers its path; null when the user cancelled. */
  'results:save-part': takes(part).gives<{ readonly savedAs: string | null }>(),
  /** Adds a text to the draft; data replaces the draft's hand-written data. */
  'results:use-part': takes(part).gives<DraftView>(),
  /** Lets the user choose a path and copies the file there. Answers the path; null when the user cancelled. */
  'results:save': takes(artifact).gives<{ readonly savedAs: string | null }>(),
  /** What `results:save-all` would do with a rule (contract/save-rule.ts); null: with the last used rule. */
  'results:save-plan': takes(z.strictObject({ runId: id, rule: rule.nullable() })).gives<SavePlanView>(),
  /** Lets the user choose the folder for all files. It is kept until the program ends. */
  'results:save-folder': takes(z.strictObject({ runId: id, rule })).gives<SavePlanView>(),
  /** Copies all files, named by a rule, which is stored. Lets the user choose a folder when none was chosen yet. */
  'results:save-all': takes(z.strictObject({ runId: id, rule })).gives<SavedView>(),
  /** Copies a picture to the clipboard. */
  'results:copy-picture': takes(artifact).gives<null>(),
  /** Opens a file of a harmless kind in its default program (contract/artifact-kinds.ts). */
  'results:open': takes(artifact).gives<null>(),
  /** Continues a drag that began on these files as a drag of files out of the window. */
  'results:drag': takes(z.strictObject({ runId: id, positions })).gives<null>(),
  /** Adds these files to the draft. */
  'results:use': takes(z.strictObject({ runId: id, positions })).gives<DraftView>(),
  'results:sent': takes(z.strictObject({ runId: id })).gives<SentView>(),
  /** Copies a shell script that sends what the run sent. */
  'results:copy-curl': takes(z.strictObject({ runId: id })).gives<null>(),
  'results:log': takes(z.strictObject({ runId: id })).gives<RunLogView>(),
  /** Lets the user choose a folder and makes a folder in it with all inputs and outputs of the run. */
  'results:export': takes(z.strictObject({ runId: id })).gives<SavedView>(),
  'results:reveal': takes(z.strictObject({ runId: id, position: position.nullable() })).gives<null>(),
} as const;
