/** What the core asks of the desktop it runs on. The terminal has none of it. */
export interface Desktop {
  /** Lets the user choose files; empty when they changed their mind. */
  pickFiles(): Promise<readonly string[]>;
  /** Lets the user choose where to save; null when they changed their mind. */
  pickSavePath(suggestedName: string): Promise<string | null>;
  /** Lets the user choose a folder; `title` says what for. */
  pickFolder(title: string): Promise<string | null>;
  /** Shows a file in the file manager, selected. */
  reveal(path: string): void;
  readClipboard(): Promise<Copied>;
  writeClipboard(text: string): Promise<void>;
  /** Puts a picture file on the clipboard as a picture; false when it could not be read as one. */
  copyPicture(path: string): Promise<boolean>;
  /** Opens a file in the program there is for it; false when there is none. Never for a file that could be run. */
  open(path: string): Promise<boolean>;
  /** Goes on with a drag that began in the window, as one of these files. */
  dragOut(paths: readonly string[]): void;
}

/** What is on the clipboard, in each form it has there. */
interface Copied {
  readonly text: string;
  /** Paths of files copied in the file manager. */
  readonly files: readonly string[];
  /** A PNG; null where there is no picture. */
  readonly picture: Uint8Array | null;
}
