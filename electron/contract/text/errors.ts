/** The text for each error code, for the window, the terminal, the tray and the notifications. */
import { type DiskCode, isDiskCode } from '../disk.ts';
import { diskErrorWords } from './disk.ts';
import type { ErrorCode, ErrorView } from '../errors.ts';
import { limitWords } from './limits.ts';
import { isLimitName } from '../limits.ts';

/** What happened, and the next step. Both are whole sentences. */
export interface ErrorWords {
  readonly title: string;
  readonly next: string;
}

type WordsFor = (detail: string | null) => readonly [title: string, next: string];

const always =
  (title: string, next: string): WordsFor =>
  () => [title, next];

/** Makes a title from the detail, or from `unnamed` if there is none. */
const about =
  (title: (fact: string) => string, unnamed: string, next: string): WordsFor =>
  (detail) => [title(detail ?? unnamed), next];

const NEW_TOKEN = 'Make a new token in Omnitool and paste it here.';
const TRY_AGAIN = 'Try again in a moment.';

/** One entry per code, so that a new code without a text does not compile. */
const ERRORS: Record<Exclude<ErrorCode, DiskCode>, WordsFor> = {
  'bad-address': always(
    'This is not a server address.',
    'An address looks like 127.0.0.1:1688 or https://omni.example.org.',
  ),
  'insecure-address': about(
    (host) => `The connection to ${host} is not encrypted.`,
    'this server',
    'Others on the network could read the token. Use https, or connect anyway on a network you trust.',
  ),
  unreachable: about(
    (host) => `${host} does not answer.`,
    'The server',
    'Check that Omnitool is running and the address is right.',
  ),
  'timed-out': about((host) => `${host} took too long to answer.`, 'The server', TRY_AGAIN),
  tls: about(
    (host) => `The certificate of ${host} is not trusted.`,
    'the server',
    'Check the address, or the certificate of the server.',
  ),
  'not-omnitool': about(
    (host) => `${host} answers, but it is not Omnitool.`,
    'The server',
    'Check the port: Omnitool uses 1688 unless it was changed.',
  ),
  'server-error': always(
    'The server had a problem of its own.',
    `${TRY_AGAIN} If it stays, the log of the server says more.`,
  ),
  'bad-reply': always(
    'OmniTray does not understand the answer of the server.',
    'Check that its version is 1.0.4 or later.',
  ),
  'reply-too-large': always(
    'The server sent more at once than OmniTray reads.',
    'Look in Omnitool, or ask the administrator of the server.',
  ),
  'rate-limited': always('The server asks for a pause.', 'Wait a minute, then try again.'),

  'token-missing': always('There is no token yet.', NEW_TOKEN),
  'token-malformed': always(
    'This is not a whole token.',
    'Copy all of the answer that begins with eyJ, and paste it again.',
  ),
  'token-expired': always('The token has expired.', NEW_TOKEN),
  'token-refused': always(
    'The server does not accept this token.',
    'It may belong to another server. Make a new token there and paste it here.',
  ),
  'token-may-not-run': always(
    'This token may not run recipes.',
    'Make one with /generateJwtToken exec Workflow 2592000 in Omnitool.',
  ),

  'keychain-absent': always(
    'This computer has no keychain that OmniTray can use.',
    'Keep the token for this session only, or install a keychain such as GNOME Keyring.',
  ),
  'keychain-locked': always('The keychain is locked.', 'Unlock it, then try again.'),
  'keychain-unanswered': always(
    'The keychain did not answer in time.',
    'It may be asking for its password in a window of its own. Answer it there, then try again.',
  ),

  'not-connected': always('No server is connected.', 'Connect to a server first.'),
  'recipe-unknown': about(
    (name) => `${name} is not on the server.`,
    'This recipe',
    'Refresh the list and choose another.',
  ),
  'preset-unknown': always('This preset is no longer here.', 'It was removed.'),
  'preset-name-taken': (name) => [
    name === null ? 'Another preset has this name.' : `There is a preset named ${name}.`,
    'Give it another name.',
  ],
  'run-unknown': always('This run is no longer here.', 'It was removed from the list.'),
  'batch-unknown': always('These runs are no longer here.', 'They were removed from the list.'),
  'run-unreadable': always(
    'The stored data of this run is damaged.',
    'OmniTray keeps it. Run the recipe again to get its result.',
  ),
  'run-under-way': always('This run is still in progress.', 'Stop it first, or wait for its end.'),
  'run-not-removed': always('This run can no longer be restored.', 'Its files are gone. Run the recipe again.'),
  'job-ambiguous': always('It is not clear which job on the server this run is.', 'Look in Omnitool, then decide.'),
  'external-job-empty': about(
    (name) => `${name} has nothing to show here.`,
    'This run',
    'Its chat is shown where it was started.',
  ),
  'inputs-changed': about(
    (name) => `${name} is not as it was when it was run.`,
    'A file',
    'Add the files again and look at them, then run.',
  ),
  'nothing-to-run': always('There is nothing to run yet.', 'Choose a recipe, then add a file, a text or a message.'),
  'too-late': always('This run is already being sent.', 'You can stop it in Activity.'),
  'form-problem': about(
    (field) => `${field} cannot be sent as it is.`,
    'The form',
    'Nothing was sent. Change it in the form, then run again.',
  ),
  'table-empty': about(
    (name) => `${name} has no rows below its first line.`,
    'A table',
    'Its first line holds the names of the columns, and each line below them is one run.',
  ),
  'table-unreadable': about(
    (name) => `${name} cannot be read as a table.`,
    'The file',
    'Save it as CSV, then add it again.',
  ),
  'table-too-large': about(
    (facts) => `This table is too large: ${facts}.`,
    'it has too much of something',
    'Run it in parts, each with the names of the columns.',
  ),
  'table-problem': about(
    (what) => `${what} cannot be sent as they are.`,
    'Some rows',
    'Nothing was sent. Change their cells, or run the other rows.',
  ),
  'table-outside': about(
    (what) => `The rows name ${what}.`,
    'files in other folders',
    'Nothing was sent. Look at the files, allow them, then run again.',
  ),
  'attachment-problem': about((name) => `${name} cannot be sent.`, 'One of the files', 'Remove it, then run again.'),
  'file-unreadable': about(
    (name) => `${name} cannot be read.`,
    'The file',
    'Check that another program can open it, then add it again.',
  ),
  'file-refused': about(
    (name) => `OmniTray may not read ${name}.`,
    'the file',
    'Check that your account may open it, then try again.',
  ),
  'file-busy': about((name) => `Another program is using ${name}.`, 'the file', 'Close it there, then try again.'),
  'file-broken': about(
    (name) => `The disk reported a fault when ${name} was read.`,
    'the file',
    'Check the disk, or use a copy of the file from another one.',
  ),
  'file-path': about(
    (name) => `${name} cannot be reached: its path is too long, or a link in it leads in a circle.`,
    'The file',
    'Move it to a shorter path, then add it again.',
  ),
  'file-unanswered': about(
    (name) => `The drive of ${name} does not answer.`,
    'the file',
    'Check that the drive or the network is connected, then try again.',
  ),
  'file-vanished': about((name) => `${name} is no longer where it was.`, 'The file', 'Find it and add it again.'),
  'file-changed': about(
    (name) => `${name} was changed after it was added.`,
    'The file',
    'Add it again to send it as it is now.',
  ),
  'file-too-large': about((name) => `${name} is too large.`, 'The file', 'The server takes files up to 32 MB.'),
  'start-too-large': always(
    'The message, texts and data are more than the server takes at once.',
    'Send less at once. 32 MB is the most.',
  ),
  'upload-incomplete': about((name) => `The server did not keep all of ${name}.`, 'what was sent', 'Run it again.'),
  'not-found': about((what) => `${what} is not there.`, 'What you asked for', 'It may have been removed.'),
  'not-allowed': always('The server does not allow this.', 'A token with more rights can help.'),
  'artifact-gone': about(
    (name) => `${name} is no longer on the server.`,
    'The file',
    'Run the recipe again to get it back.',
  ),
  'artifact-broken': about((name) => `${name} did not arrive whole.`, 'The file', 'Run the recipe again.'),
  'artifact-not-opened': about(
    (name) => `${name} could not be opened.`,
    'The file',
    'Save it, then open it with a program of your choice.',
  ),
  'picture-not-copied': about((name) => `${name} could not be copied as a picture.`, 'The file', 'Save it instead.'),
  'bad-rule': always('This rule cannot name files.', 'Change the rule, then save.'),
  'store-newer': about(
    (folder) => `A newer OmniTray wrote the list of runs in ${folder}.`,
    'the data folder',
    'Start or install the newer one. Nothing was changed. To begin anew with this one, move omnitray.db elsewhere.',
  ),

  'shortcut-taken': always(
    'Another program uses this shortcut.',
    'Use other keys, or change it in that program first.',
  ),
  'bad-request': always(
    'OmniTray made a request that it does not accept.',
    'Start OmniTray again. If it stays, the log says more.',
  ),
  'over-limit': (name) => (isLimitName(name) ? limitWords(name) : ['This is too much at once.', 'Do it in parts.']),
  cancelled: always('This was cancelled.', 'You can start it again.'),
  internal: always('Something in OmniTray went wrong.', 'Try again. If it stays, the log says more.'),
};

/** The text for an error, with its detail. */
export function errorWords({ code, detail }: ErrorView): ErrorWords {
  const [title, next] = isDiskCode(code) ? diskErrorWords(code, detail) : ERRORS[code](detail);
  return { title, next };
}
