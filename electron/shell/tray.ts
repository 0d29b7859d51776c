import { Menu, type MenuItemConstructorOptions, nativeImage, type NativeImage, Tray } from 'electron';
import { join } from 'node:path';
import type { MenuAction, MenuEntry, TrayModel } from '../core/app/tray-model.ts';

export interface TrayOptions {
  readonly resources: string;
  onAction(action: MenuAction): void;
  onClick(): void;
  /** Files dropped on the icon; macOS only (platform T1). */
  onFiles(paths: readonly string[]): void;
}

/** The icon in the tray. Keep the object: Electron removes an icon without a reference (platform T4). */
export class TrayIcon {
  readonly #tray: Tray;
  readonly #options: TrayOptions;
  #icon: TrayModel['icon'];
  #shown = '';

  constructor(model: TrayModel, options: TrayOptions) {
    this.#options = options;
    this.#icon = model.icon;
    this.#tray = new Tray(iconOf(options.resources, model.icon));
    // On macOS a click opens the menu and is emitted too (tray_icon_cocoa.mm).
    if (process.platform !== 'darwin') this.#tray.on('click', () => options.onClick());
    this.#tray.on('drop-files', (_event, paths) => options.onFiles(paths));
    this.show(model);
  }

  /** Shows a model. An unchanged one is not set again: to the desktop each menu is a new one. */
  show(model: TrayModel): void {
    const described = JSON.stringify(model);
    if (described === this.#shown) return;
    this.#shown = described;
    if (model.icon !== this.#icon) {
      this.#icon = model.icon;
      this.#tray.setImage(iconOf(this.#options.resources, model.icon));
    }
    this.#tray.setToolTip(model.tooltip);
    // Linux shows a change only when the menu is set again.
    this.#tray.setContextMenu(Menu.buildFromTemplate(model.menu.map((entry) => this.#item(entry))));
  }

  #item(entry: MenuEntry): MenuItemConstructorOptions {
    if (entry.kind === 'separator') return { type: 'separator' };
    if (entry.kind === 'label') return { label: entry.label, enabled: false };
    if (entry.kind === 'submenu') return { label: entry.label, submenu: entry.items.map((item) => this.#item(item)) };
    return { label: entry.label, click: () => this.#options.onAction(entry.action) };
  }
}

/** macOS needs a template image, which it colours, Windows an .ico, Linux a picture of the panel's size. */
function iconOf(resources: string, icon: TrayModel['icon']): NativeImage {
  const name = { darwin: `tray-${icon}-Template.png`, win32: `tray-${icon}.ico` }[process.platform as string];
  const image = nativeImage.createFromPath(join(resources, name ?? `tray-${icon}.png`));
  if (process.platform === 'darwin') image.setTemplateImage(true);
  return image;
}
