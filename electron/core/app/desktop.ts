/** What the core needs of the desktop that it runs on. Only the app has one, not the terminal. */
export interface Desktop {
  /** Lets the user choose files. Empty when they cancelled. */
  pickFiles(): Promise<readonly string[]>;
  /** Lets the user choose where to save. Null when they cancelled. */
  pickSavePath(suggestedName: string): Promise<string | null>;
  /** Lets the user choose a folder. `title` is the title of the dialog. Null when they cancelled. */
  pickFolder(title: string): Promise<string | null>;
  /** Shows a file in the file manager, selected. */
  reveal(path: string): void;
  readClipboard(): Promise<Copied>;
  writeClipboard(text: string): Promise<void>;
  /** Copies a picture file to the clipboard as a picture. False when the file could not be read as one. */
  copyPicture(path: string): Promise<boolean>;
  /** Opens a file in its default program. False when there is none. Never called for a file that can be run. */
  open(path: string): Promise<boolean>;
  /** Continues a drag that began in the window with these files. */
  dragOut(paths: readonly string[]): void;
}

/** The content of the clipboard in each form that it has. */
interface Copied {
  readonly text: string;
  /** Paths of files copied in the file manager. */
  readonly files: readonly string[];
  /** A PNG; null where there is no picture. */
  readonly picture: Uint8Array | null;
}
