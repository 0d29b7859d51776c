import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { MenuRecord, TrayRecord } from '../recorder.ts';
import { app } from './app.ts';
import { mayBreak } from './breaks.ts';
import { guardClass, KnownEvents, makeEvent } from './guard.ts';
import { refuse } from './link.ts';
import { pressItem, recordMenu, type StandInMenu } from './menu.ts';
import { StandInImage } from './native-image.ts';

type Picture = string | Electron.NativeImage;

/** Electron keeps a tray icon only as long as the app does; so do we. */
const trays: WeakRef<StandInTray>[] = [];

class StandInTray
  extends KnownEvents
  implements
    Pick<
      Electron.Tray,
      'setImage' | 'setToolTip' | 'setTitle' | 'getTitle' | 'setPressedImage' | 'destroy' | 'isDestroyed'
    >,
    Pick<Electron.Tray, 'setIgnoreDoubleClickEvents'>
{
  protected readonly known = [
    ...['click', 'right-click', 'double-click', 'middle-click', 'drop', 'drop-files', 'drop-text', 'drag-enter'],
    ...['drag-leave', 'drag-end', 'mouse-up', 'mouse-down', 'mouse-enter', 'mouse-leave', 'mouse-move'],
  ];
  #image: string | null;
  #tooltip = '';
  #title = '';
  #menu: StandInMenu | null = null;
  #shown: readonly MenuRecord[] = [];
  #destroyed = false;

  constructor(image: Picture) {
    super();
    if (!app.isReady()) refuse('Cannot create Tray before app is ready');
    mayBreak('tray');
    this.#image = nameOf(image);
    trays.push(new WeakRef(this));
  }

  setImage(image: Picture): void {
    this.#image = nameOf(image);
  }

  setPressedImage(image: Picture): void {
    nameOf(image);
  }

  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip;
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  setIgnoreDoubleClickEvents(): void {
    // macOS only, and without effect elsewhere.
  }

  /** Linux shows the menu as it is now; a later change shows after another call. */
  setContextMenu(menu: StandInMenu | null): void {
    this.#menu = menu;
    this.#shown = menu === null ? [] : recordMenu(menu);
  }

  destroy(): void {
    this.#destroyed = true;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  standInRecord(): TrayRecord {
    return { tooltip: this.#tooltip, image: this.#image, menu: this.#shown };
  }

  standInPress(label: string): void {
    if (this.#menu === null) refuse('The tray icon has no menu.');
    pressItem(this.#menu, this.#shown, label);
  }
}

function nameOf(picture: Picture): string | null {
  if (typeof picture !== 'string') return picture instanceof StandInImage ? picture.standInSource : null;
  if (!existsSync(picture)) refuse(`Failed to load image from path '${picture}'`);
  return basename(picture);
}

export const Tray = guardClass('Tray', StandInTray, (tray) => !tray.isDestroyed());

const living = (): readonly StandInTray[] =>
  trays.map((tray) => tray.deref()).filter((tray) => tray !== undefined && !tray.isDestroyed()) as StandInTray[];

function firstTray(): StandInTray {
  const [tray] = living();
  if (tray !== undefined) return tray;
  const lost = trays.some((each) => each.deref() === undefined);
  refuse(
    lost ? 'The tray icon is gone: the app did not keep the Tray and it was collected.' : 'There is no tray icon.',
  );
}

export const trayControl = {
  trays: () => living().map((tray) => tray.standInRecord()),
  trayMenu: () => firstTray().standInRecord().menu,
  trayTooltip: () => firstTray().standInRecord().tooltip,
  clickTray: () => {
    firstTray().emit('click', makeEvent({}), { x: 0, y: 0, width: 0, height: 0 }, { x: 0, y: 0 });
  },
  clickTrayItem: (label: string) => {
    firstTray().standInPress(label);
  },
  emitTrayDropFiles: (paths: readonly string[]) => {
    firstTray().emit('drop-files', makeEvent({}), [...paths]);
  },
};
