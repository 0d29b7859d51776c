import type { DialogRecord } from '../recorder.ts';
import { app } from './app.ts';
import { guard } from './guard.ts';
import { refuse, report } from './link.ts';

const asked: DialogRecord[] = [];
const openAnswers: (readonly string[] | null)[] = [];
const saveAnswers: (string | null)[] = [];
const buttonAnswers: number[] = [];

type WithWindow<Options> = [window: object, options: Options] | [options: Options];

/** Notes the dialog and gives its options; a window in front of them is of no matter here. */
function note<Options extends object>(kind: DialogRecord['kind'], args: WithWindow<Options> | readonly []): Options {
  if (!app.isReady()) refuse(`dialog can only be used after app is ready`);
  const options = (args.at(-1) ?? {}) as Options;
  asked.push({ kind, options: JSON.stringify(options) });
  return options;
}

/** The spec's next answer. A dialog that no spec expects is a problem and counts as cancelled: nothing waits for ever. */
function take<T>(answers: T[], kind: string, otherwise: T): T {
  if (answers.length === 0) report(`A dialog (${kind}) came up and the spec had no answer ready.`);
  return answers.shift() ?? otherwise;
}

function openedFiles(args: WithWindow<Electron.OpenDialogOptions>): string[] | undefined {
  const { properties = ['openFile'] } = note('open', args);
  const paths = take(openAnswers, 'open', null) ?? [];
  if (paths.length > 1 && !properties.includes('multiSelections')) refuse('This dialog gives one file only.');
  return paths.length === 0 ? undefined : [...paths];
}

function savedFile(args: WithWindow<Electron.SaveDialogOptions>): string {
  note('save', args);
  return take(saveAnswers, 'save', null) ?? '';
}

function pressedButton(args: WithWindow<Electron.MessageBoxOptions>): number {
  const { cancelId, buttons = ['OK'] } = note('message', args);
  const button = take(buttonAnswers, 'message', cancelId ?? 0);
  return button < buttons.length ? button : refuse(`The message box has no button ${String(button)}.`);
}

export const dialog = guard('dialog', {
  showOpenDialog: (...args: WithWindow<Electron.OpenDialogOptions>): Promise<Electron.OpenDialogReturnValue> => {
    const filePaths = openedFiles(args);
    return Promise.resolve({ canceled: filePaths === undefined, filePaths: filePaths ?? [] });
  },
  showOpenDialogSync: (...args: WithWindow<Electron.OpenDialogSyncOptions>): string[] | undefined => openedFiles(args),
  showSaveDialog: (...args: WithWindow<Electron.SaveDialogOptions>): Promise<Electron.SaveDialogReturnValue> => {
    const filePath = savedFile(args);
    return Promise.resolve({ canceled: filePath === '', filePath });
  },
  showSaveDialogSync: (...args: WithWindow<Electron.SaveDialogSyncOptions>): string => savedFile(args),
  showMessageBox: (...args: WithWindow<Electron.MessageBoxOptions>): Promise<Electron.MessageBoxReturnValue> =>
    Promise.resolve({ response: pressedButton(args), checkboxChecked: false }),
  showMessageBoxSync: (...args: WithWindow<Electron.MessageBoxSyncOptions>): number => pressedButton(args),
  showErrorBox: (title: string, content: string): void => {
    asked.push({ kind: 'error', options: JSON.stringify({ title, content }) });
  },
} satisfies Pick<
  Electron.Dialog,
  | 'showOpenDialog'
  | 'showOpenDialogSync'
  | 'showSaveDialog'
  | 'showSaveDialogSync'
  | 'showMessageBox'
  | 'showMessageBoxSync'
  | 'showErrorBox'
>);

export const dialogControl = {
  answerNextOpenDialog: (paths: readonly string[] | null) => {
    openAnswers.push(paths);
  },
  answerNextSaveDialog: (path: string | null) => {
    saveAnswers.push(path);
  },
  answerNextMessageBox: (button: number) => {
    buttonAnswers.push(button);
  },
  dialogs: (): readonly DialogRecord[] => [...asked],
};
