/**
 * What the spec's process and the app's process (under the stand-in) say to each other. The spec's process owns
 * Chromium; the app's process reaches its pages only by these messages, so killing the app leaves no browser behind.
 */

/** One request of a page, as the app's protocol handlers see it once its address is turned back. */
export interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly resourceType: string;
  readonly navigation: 'main-frame' | 'sub-frame' | null;
}

export type PageReply =
  | { readonly do: 'continue' }
  | { readonly do: 'abort'; readonly reason: 'aborted' | 'failed' | 'blockedbyclient' }
  | {
      readonly do: 'fulfill';
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body: Uint8Array;
    };

export interface NewPage {
  readonly width: number;
  readonly height: number;
  /** Runs in every document before the page's own scripts. */
  readonly script: string;
  /** The name under which the script finds its way to the app; it removes it before the page can see it. */
  readonly binding: string;
}

/** Done by the spec's process for the app. */
export interface PageCalls {
  openPage(page: number, options: NewPage): Promise<void>;
  /** The reason why it failed, null when the document loaded. */
  navigate(page: number, url: string): Promise<string | null>;
  evaluate(page: number, expression: string): Promise<unknown>;
  reload(page: number): Promise<void>;
  closePage(page: number): Promise<void>;
  resize(page: number, width: number, height: number): Promise<void>;
  setColorScheme(scheme: 'light' | 'dark'): Promise<void>;
  setClipboard(text: string): Promise<void>;
  /** Something the stand-in cannot vouch for: the spec fails unless it expected it. */
  problem(text: string): Promise<void>;
  /** The app's `ready` event was emitted. */
  ready(): Promise<void>;
}

/** Done by the app's process for the spec's. */
export interface AppCalls {
  request(page: number, request: PageRequest): Promise<PageReply>;
  message(page: number, payload: string): Promise<void>;
  opened(page: number, url: string, features: string): Promise<void>;
  /** A page asks for an address that never becomes a request (another scheme). */
  wantsToLeave(page: number, url: string): Promise<void>;
  navigated(page: number, url: string, inPage: boolean): Promise<void>;
  loaded(page: number): Promise<void>;
  crashed(page: number): Promise<void>;
  consoleSaid(page: number, level: string, text: string): Promise<void>;
  downloads(page: number, url: string, fileName: string): Promise<void>;
  control(method: string, args: readonly unknown[]): Promise<unknown>;
}
