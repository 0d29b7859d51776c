/** What the core asks of the desktop it runs on. The terminal has none of it. */
export interface Desktop {
  /** Lets the user choose files; empty when they changed their mind. */
  pickFiles(): Promise<readonly string[]>;
  /** Lets the user choose where to save; null when they changed their mind. */
  pickSavePath(suggestedName: string): Promise<string | null>;
  pickFolder(): Promise<string | null>;
  /** Shows a file in the file manager, selected. */
  reveal(path: string): void;
  readClipboard(): Promise<{ readonly text: string; readonly files: readonly string[] }>;
  writeClipboard(text: string): Promise<void>;
}
