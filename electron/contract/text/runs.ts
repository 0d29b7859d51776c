/** Describes the states of a run. A text says "done", "failed" or "lost" only if that is certain. */
import { type DiskCode, isDiskCode } from '../disk.ts';
import { diskRunWords } from './disk.ts';
import { countWords, listWords, middleTruncate } from '../formats.ts';
import { MAX_DATA_DEPTH } from '../limits.ts';
import type { RunReason, RunState, RunView } from '../views.ts';

/** `label` fits a small mark, `sentence` explains the state, `next` is the user's next step; null if none is needed. */
export interface RunStateWords {
  readonly label: string;
  readonly sentence: string;
  readonly next: string | null;
}

/** Letters of a file's name in a sentence or a list. */
const LONGEST_NAME = 32;

type Sentence = readonly [sentence: string, next: string | null];

const NEW_TOKEN = 'Paste a new token and it continues.';
const RUN_AGAIN = 'Run it again.';
const LOOK_OR_AGAIN = 'Look at the recipe in Omnitool, or run it again.';
const CHECK_OR_AGAIN = 'Check that nothing is missing, or run it again.';

/** One entry per state, so that a new state without a text does not compile. */
const STATES: Record<RunState, readonly [label: string, sentence: string, next: string | null]> = {
  queued: ['Queued', 'Waits for its turn.', null],
  waiting: ['Waiting', 'Waits until it can be sent.', null],
  uploading: ['Sending', 'Sends its files to the server.', null],
  starting: ['Starting', 'Asks the server to start.', null],
  unconfirmed: [
    'Unconfirmed',
    'The server was asked to start this and did not answer. It may be running.',
    'Look in Omnitool before you run it again.',
  ],
  running: ['Running', 'Runs on the server.', null],
  collecting: ['Fetching', 'Fetches the result.', null],
  succeeded: ['Done', 'Done.', null],
  unverified: ['End not seen', 'Something came back, but whether the run finished is not known.', CHECK_OR_AGAIN],
  failed: ['Failed', 'The recipe ended with a failure.', RUN_AGAIN],
  stopped: ['Stopped', 'Stopped before it was done.', null],
  empty: ['No output', 'Done, and nothing came back.', null],
  lost: ['Lost', 'The server no longer knows this run.', RUN_AGAIN],
};

/** A message of the server may or may not end with a full stop. */
const asSentence = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);

/** The name of a file, shortened so that the whole sentence fits the screen. */
const fileNamed = (name: string | null, unnamed = 'A file'): string =>
  name === null ? unnamed : middleTruncate(name, LONGEST_NAME);

const REASONS: Record<Exclude<RunReason, DiskCode>, (detail: string | null) => Sentence> = {
  'server-away': (host) => [`${host ?? 'The server'} does not answer. This run waits for it.`, null],
  'server-tls': (host) => [
    `${host ?? 'The server'} does not offer a secure connection that can be trusted. This run waits until it does.`,
    'Check the address, or the certificate of the server.',
  ],
  'server-error': (host) => [
    `${host ?? 'The server'} answers with an error of its own. This run waits until it works again.`,
    null,
  ],
  'server-odd': (host) => [
    `${host ?? 'The server'} answers, but not as Omnitool does. This run waits until it does.`,
    'Open the address in a browser: a sign-in page or a proxy may stand before it.',
  ],
  'token-expired': () => ['The token has expired. This run waits for a new one.', NEW_TOKEN],
  'token-refused': () => ['The server does not accept the token. This run waits for a new one.', NEW_TOKEN],
  'token-absent': () => ['There is no token for this server. This run waits for one.', NEW_TOKEN],
  'keychain-locked': () => ['The keychain is locked. This run waits until it is open.', 'Unlock the keychain.'],
  'keychain-unanswered': () => [
    'The keychain did not answer in time. This run waits until it does.',
    'See whether it is asking for its password in a window of its own.',
  ],
  'rate-limited': () => ['The server asked for a pause. This run continues after it.', null],
  stalled: () => ['Something in OmniTray went wrong. This run is tried again in a while.', null],
  paused: () => ['You paused sending. This run waits until you resume it.', 'Resume sending in Activity.'],

  'file-unanswered': (name) => [
    `The drive of ${fileNamed(name)} does not answer. This run waits for it.`,
    'Check that the drive or the network is connected.',
  ],
  'file-vanished': (name) => [`${fileNamed(name)} was no longer where it was.`, 'Add the file again and run.'],
  'file-changed': (name) => [`${fileNamed(name)} was changed before it could be sent.`, 'Add the file again and run.'],
  'file-busy': (name) => [
    `Another program is using ${fileNamed(name, 'a file')}. This run waits until it can be read.`,
    'Close it in the other program.',
  ],
  'file-unreadable': (name) => [
    `${fileNamed(name)} could not be read.`,
    'Check that another program can open it, then run again.',
  ],
  'file-refused': (name) => [
    `OmniTray may not read ${fileNamed(name, 'a file')}.`,
    'Check that your account may open it, then run again.',
  ],
  'file-broken': (name) => [
    `The disk reported a fault when ${fileNamed(name, 'a file')} was read.`,
    'Check the disk, or run again with a copy of the file from another one.',
  ],
  'file-path': (name) => [
    `${fileNamed(name)} could not be reached: its path is too long, or a link in it leads in a circle.`,
    'Move it to a shorter path, then run again.',
  ],
  'file-too-large': (name) => [
    `${fileNamed(name)} is larger than 32 MB, the most the server takes.`,
    'Make it smaller, then run again.',
  ],
  'file-over-limit': (name) => [
    `The server, or what stands before it, refuses ${fileNamed(name, 'a file')} because of its size.`,
    'Make it smaller, or ask the administrator of the server to allow larger files.',
  ],
  'data-invalid': (name) => [`${fileNamed(name, 'The data')} is not valid JSON.`, 'Correct it, then run again.'],
  'data-too-deep': (name) => [
    `${fileNamed(name, 'The data')} is nested deeper than ${MAX_DATA_DEPTH} levels, which cannot be sent.`,
    'Send it as a document, or flatten it.',
  ],
  'start-too-large': () => [
    'The message, texts and data of this run are more than the server takes at once.',
    'Send less at once. 32 MB is the most.',
  ],
  'start-over-limit': () => [
    'The server, or what stands before it, refuses this much in the message, texts and data of a run.',
    'Send less at once, or ask the administrator of the server to allow more.',
  ],
  'upload-refused': (name) => [`The server did not take ${fileNamed(name, 'the files')}.`, RUN_AGAIN],
  'blocks-missing': (blocks) => [
    `The server did not start this recipe, because blocks of it are not installed there${blocks === null ? '' : `: ${blocks}`}.`,
    'Install the extension they belong to in Omnitool, then run it again.',
  ],
  'start-refused': (why) => [
    `The server did not start this recipe.${why === null ? '' : ` It said: ${asSentence(why)}`}`,
    'Open the recipe in Omnitool: it may need blocks that are not installed.',
  ],
  'may-not-run': () => [
    'The token may not run recipes.',
    'Make one with /generateJwtToken exec Workflow 2592000 in Omnitool.',
  ],
  'profile-forgotten': () => [
    'The server was forgotten before this run was done.',
    'Connect to the server and run it again.',
  ],

  'recipe-failed': (why) => [
    why === null ? 'The recipe failed on the server.' : `The recipe failed on the server: ${asSentence(why)}`,
    why === null ? 'Open the recipe in Omnitool to see which block failed, or run it again.' : LOOK_OR_AGAIN,
  ],

  'answer-lost': () => [
    'The server was asked to start this and the answer got lost. It may be running.',
    'Look in Omnitool. OmniTray does not send it twice by itself.',
  ],
  'given-up': () => ['Ended by you. It may still have run on the server.', null],
  'server-forgot': () => ['The server was restarted or forgot this run before its end was seen.', RUN_AGAIN],
  'no-output': () => [
    'Done, and nothing came back: the recipe has no output, and it said nothing in chat.',
    'Add a Recipe Output or a Chat Output block to the recipe in Omnitool.',
  ],
  'output-off': () => [
    'Done, and nothing came back: the output block of the recipe is switched off.',
    'Switch its Recipe Output block on in Omnitool.',
  ],
  'output-empty': () => [
    'Done, and nothing came back: the recipe put nothing into its output.',
    'Look at the recipe in Omnitool, or try other inputs.',
  ],
  'file-stored': (name) => [
    `The recipe is done. It stored its ${name === null ? 'file' : `file “${name}”`} in Omnitool, where OmniTray could not find it for certain.`,
    'Look for it in the File Manager of Omnitool, if it has one.',
  ],
  stopping: () => ['Stops after the current step on the server.', null],
  'end-not-seen': () => [
    'The server was restarted or forgot this run before its end was seen. What came back is here, but whether the run finished is not known.',
    CHECK_OR_AGAIN,
  ],
  'answer-cut': () => [
    'The recipe ended, but its chat answer could not be read, or not all of it.',
    'Look at the chat in Omnitool, or run it again.',
  ],
  'answer-late': () => ['The recipe has finished. OmniTray asks for the rest of what it said in chat.', null],
  'result-unreadable': () => ['The run has ended, but its result could not be read.', 'Look for it in Omnitool.'],
};

function wordsOf(reason: RunReason | null, detail: string | null): Sentence | null {
  if (reason === null) return null;
  return isDiskCode(reason) ? diskRunWords(reason, detail) : REASONS[reason](detail);
}

/** Whether the run ended, but part of its chat answer may be missing. Such a run is not called done. */
export const isAnswerCut = ({ state, reason }: Pick<RunView, 'state' | 'reason'>): boolean =>
  reason === 'answer-cut' && (state === 'succeeded' || state === 'empty');

/** The text for a state and its reason. */
export function runStateWords(state: RunState, reason: RunReason | null, detail: string | null): RunStateWords {
  const [plainLabel, plain, plainNext] = STATES[state];
  const [sentence, next] = wordsOf(reason, detail) ?? [plain, plainNext];
  return { label: isAnswerCut({ state, reason }) ? 'Answer cut' : plainLabel, sentence, next };
}

/** The inputs of a run: `holiday.jpg and 1 more`, the beginning of its message, or `No files`. */
export function runInputsWords(run: Pick<RunView, 'inputs' | 'excerpt'>, longestName = LONGEST_NAME): string {
  const [first, ...others] = run.inputs;
  if (first === undefined) return run.excerpt ?? 'No files';
  const name = middleTruncate(first.name, longestName);
  return others.length === 0 ? name : `${name} and ${others.length} more`;
}

/** The result of a run: `1 text and 2 files`; null if it is unknown or empty. */
export function runGaveWords(run: Pick<RunView, 'gave'>): string | null {
  if (run.gave === null) return null;
  const { texts, objects, messages, files } = run.gave;
  const parts = [
    texts > 0 ? countWords(texts, 'text') : '',
    messages > 0 ? countWords(messages, 'message') : '',
    objects > 0 ? countWords(objects, 'data set') : '',
    files > 0 ? countWords(files, 'file') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : listWords(parts);
}

/** Inputs and result of a run, for use below a title: `holiday.jpg and 1 more: 1 text and 2 files`. */
export function runSummaryWords(run: Pick<RunView, 'inputs' | 'excerpt' | 'gave'>): string {
  const gave = runGaveWords(run);
  return gave === null ? runInputsWords(run) : `${runInputsWords(run)}: ${gave}`;
}

/** The announcement when a run ends: `Summarise is done`, `Caption has failed`; null before it ends. */
export function runEndWords(run: Pick<RunView, 'recipeName' | 'state' | 'reason'>): string | null {
  const name = middleTruncate(run.recipeName, 40);
  if (isAnswerCut(run)) return `${name} ended, and its answer is cut`;
  switch (run.state) {
    case 'succeeded':
      return `${name} is done`;
    case 'unverified':
      return `${name}: the end was not seen`;
    case 'failed':
      return `${name} has failed`;
    case 'stopped':
      return `${name} was stopped`;
    case 'empty':
      return `${name} ended without output`;
    case 'lost':
      return `${name} was lost by the server`;
    case 'queued':
    case 'waiting':
    case 'uploading':
    case 'starting':
    case 'unconfirmed':
    case 'running':
    case 'collecting':
      return null;
  }
}
