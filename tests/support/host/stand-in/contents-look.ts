import { ignored, KnownEvents } from './guard.ts';

const drags: (readonly string[])[] = [];

/** What of a page's contents is numbers and switches only. */
export abstract class ContentsLook
  extends KnownEvents
  implements
    Pick<Electron.WebContents, 'setZoomFactor' | 'getZoomFactor' | 'setZoomLevel' | 'getZoomLevel' | 'startDrag'>,
    Pick<Electron.WebContents, 'isDevToolsOpened' | 'openDevTools' | 'closeDevTools' | 'toggleDevTools' | 'getType'>,
    Pick<Electron.WebContents, 'setBackgroundThrottling' | 'getBackgroundThrottling' | 'setVisualZoomLevelLimits'>
{
  protected readonly known = [
    ...['did-finish-load', 'did-fail-load', 'did-start-loading', 'did-stop-loading', 'dom-ready', 'did-navigate'],
    ...['did-navigate-in-page', 'did-start-navigation', 'will-navigate', 'will-frame-navigate', 'will-redirect'],
    ...['did-create-window', 'will-attach-webview', 'did-attach-webview', 'render-process-gone', 'unresponsive'],
    ...['responsive', 'destroyed', 'console-message', 'before-input-event', 'context-menu', 'preload-error'],
    ...['page-title-updated', 'will-prevent-unload', 'devtools-opened', 'devtools-closed', 'zoom-changed'],
    ...['ipc-message', 'focus', 'blur', 'certificate-error', 'select-client-certificate', 'login'],
    ...['update-target-url', 'did-frame-finish-load'],
  ];
  readonly openDevTools = ignored;
  readonly closeDevTools = ignored;
  readonly toggleDevTools = ignored;
  #zoom = 1;
  #throttled = true;

  getType(): 'window' {
    return 'window';
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  setZoomFactor(factor: number): void {
    this.#zoom = factor;
  }

  getZoomFactor(): number {
    return this.#zoom;
  }

  setZoomLevel(level: number): void {
    this.#zoom = 1.2 ** level;
  }

  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }

  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }

  setBackgroundThrottling(allowed: boolean): void {
    this.#throttled = allowed;
  }

  getBackgroundThrottling(): boolean {
    return this.#throttled;
  }

  /** The file leaves the app; where it is let go is the desktop's business. */
  startDrag(item: Electron.Item): void {
    drags.push(item.files ?? [item.file]);
  }
}

export const contentsControl = {
  startedDrags: (): readonly (readonly string[])[] => [...drags],
};
