/**
 * What the terminal says where the words of the window would be wrong: they name buttons, views and a draft that a
 * terminal does not have. Everything else comes from contract/text.
 */
import type { ErrorCode, ErrorView } from '../contract/errors.ts';
import type { AttachmentProblem, RunReason, RunState, RunView } from '../contract/views.ts';
import type { ErrorWords } from '../contract/text/errors.ts';
import { attachmentProblemWords } from '../contract/text/files.ts';
import { errorWords } from '../contract/text/errors.ts';
import { runStateWords } from '../contract/text/runs.ts';

const CONNECT_AGAIN =
  'Make a new token in Omnitool, then give it to omnitray connect <address> or in the environment as OMNITRAY_TOKEN.';
const REPORT = 'Try again. If it happens again, report it with the command you used.';

/** The next steps that a terminal has in place of the window's. */
const NEXT: Partial<Record<ErrorCode, string>> = {
  'insecure-address':
    'Others on the network could read the token. Use https, or add --insecure on a network you trust.',
  'token-missing': CONNECT_AGAIN,
  'token-malformed': 'Copy all of the answer that begins with eyJ.',
  'token-expired': CONNECT_AGAIN,
  'token-refused': `It may belong to another server. ${CONNECT_AGAIN}`,
  'keychain-absent':
    'Give the token in the environment as OMNITRAY_TOKEN with each command, or install a keychain such as GNOME Keyring.',
  'keychain-unanswered':
    'See whether it is asking for its password, then try again, or give the token in the environment as OMNITRAY_TOKEN.',
  'keychain-locked': 'Unlock it and try again, or give the token in the environment as OMNITRAY_TOKEN.',
  'not-connected': 'Connect with omnitray connect <address>.',
  'recipe-unknown': 'omnitray recipes lists what is there.',
  'run-unknown': 'omnitray runs lists what is there.',
  'job-ambiguous': 'omnitray settle <run> lists the jobs that it can be.',
  'inputs-changed': 'Run the recipe on the files as they are now.',
  'nothing-to-run': 'Name files that the recipe takes, or give a message with --message.',
  'table-unreadable': 'Save it as CSV, then run again.',
  'table-problem': 'Change their cells, or run the other rows with --skip-bad.',
  'table-outside': 'Nothing was sent. Look at the files, then allow them with --allow-outside.',
  'too-late': 'omnitray runs shows how far it is.',
  'attachment-problem': 'Leave it out, then run again.',
  'file-unreadable': 'Check that another program can open it.',
  'file-refused': 'Check that your account may read it.',
  'file-path': 'Move it to a shorter path.',
  'file-vanished': 'Check where it is now.',
  'file-changed': 'Run it again to send it as it is now.',
  'artifact-not-opened': 'omnitray show <run> prints where it is.',
  'picture-not-copied': 'omnitray show <run> prints where it is.',
  'disk-refused': 'Check the rights of that folder, or name another one.',
  'disk-unanswered': 'Check that the drive or the network is connected, or name another place.',
  'disk-gone': 'Connect the disk, or name another place.',
  'disk-read-only': 'Name another place.',
  'disk-broken': 'Check the disk, or name another place.',
  'disk-failed': 'Try again, or name another place.',
  'disk-in-the-way': 'Name another place.',
  'disk-file-too-large': 'Name a place on another disk.',
  'bad-request': REPORT,
  internal: REPORT,
};

/** What went wrong and what to do about it, for a person at a terminal. */
export function terminalErrorWords(error: ErrorView): ErrorWords {
  const words = errorWords(error);
  return { title: words.title, next: NEXT[error.code] ?? words.next };
}

/** Why a file named on the command line cannot be sent. `typed` is its path as it was typed. */
export function terminalFileWords(problem: AttachmentProblem, typed: string): string {
  switch (problem) {
    case 'vanished':
      return `There is no file "${typed}".`;
    case 'folder':
      return `"${typed}" is a folder. Name the files in it.`;
    default:
      return attachmentProblemWords(problem, typed);
  }
}

const NEXT_BY_STATE: Partial<Record<RunState, string | null>> = {
  unconfirmed: 'omnitray settle <run> lists the jobs that it can be.',
};

const NEXT_BY_REASON: Partial<Record<RunReason, string>> = {
  'token-expired': CONNECT_AGAIN,
  'token-refused': CONNECT_AGAIN,
  'token-absent': CONNECT_AGAIN,
  'keychain-unanswered':
    'See whether it is asking for its password, or give the token in the environment as OMNITRAY_TOKEN.',
  'keychain-locked': 'Unlock it, or give the token in the environment as OMNITRAY_TOKEN.',
  paused: 'Go on sending in the OmniTray window.',
  'disk-full': 'Make some room on the disk.',
  'file-vanished': 'Run it again with the file where it is now.',
  'file-changed': 'Run it again to send the file as it is now.',
  'answer-lost': 'omnitray settle <run> lists the jobs that it can be.',
};

/**
 * The state of a run and what helps, in sentences: `The token has expired. ... Make a new token ...`. `<run>` in
 * a next step becomes the short id of this run, so that the command can be copied.
 */
export function terminalRunWords(run: Pick<RunView, 'id' | 'state' | 'reason' | 'reasonDetail'>): string {
  const { sentence, next } = runStateWords(run.state, run.reason, run.reasonDetail);
  const ownNext = (run.reason === null ? NEXT_BY_STATE[run.state] : NEXT_BY_REASON[run.reason]) ?? next;
  return [sentence, ownNext]
    .filter((part) => part !== null)
    .join(' ')
    .replaceAll('<run>', shortId(run.id));
}

/** Letters of a run's id that are shown. They are enough to name a run. */
const SHORT_ID = 8;

/** The first letters of a run's id, as `omnitray runs` lists it and every command takes it. */
export const shortId = (id: string): string => id.slice(0, SHORT_ID);
