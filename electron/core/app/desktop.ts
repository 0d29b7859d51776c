/** What the core asks of the desktop it runs on. The terminal has none of it. */
export interface Desktop {
  /** Lets the user choose files; empty when they changed their mind. */
  pickFiles(): Promise<readonly string[]>;
  /** Lets the user choose where to save; null when they changed their mind. */
  pickSavePath(suggestedName: string): Promise<string | null>;
  /** A folder to save to, or one whose files are to be added; null when they changed their mind. */
  pickFolder(to: 'save' | 'add'): Promise<string | null>;
  /** Shows a file in the file manager, selected. */
  reveal(path: string): void;
  readClipboard(): Promise<Copied>;
  writeClipboard(text: string): Promise<void>;
}

/** What is on the clipboard, in each form it has there. */
export interface Copied {
  readonly text: string;
  /** Paths of files copied in the file manager. */
  readonly files: readonly string[];
  /** A PNG; null where there is no picture. */
  readonly picture: Uint8Array | null;
}
