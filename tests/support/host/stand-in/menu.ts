import type { MenuRecord } from '../recorder.ts';
import { guardClass, guarded, KnownEvents } from './guard.ts';
import { refuse } from './link.ts';

type Role = NonNullable<Electron.MenuItemConstructorOptions['role']>;
type ItemOptions = Omit<Electron.MenuItemConstructorOptions, 'submenu'> & {
  submenu?: StandInMenu | readonly (ItemOptions | StandInMenuItem)[];
};

/** Roles with the label Electron gives them when the template has none. */
const ROLES: Partial<Record<Role, string>> = {
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  pasteAndMatchStyle: 'Paste and Match Style',
  delete: 'Delete',
  selectAll: 'Select All',
  reload: 'Reload',
  forceReload: 'Force Reload',
  toggleDevTools: 'Toggle Developer Tools',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  togglefullscreen: 'Toggle Full Screen',
  minimize: 'Minimize',
  close: 'Close',
  help: 'Help',
  about: 'About',
  quit: 'Quit',
  editMenu: 'Edit',
  fileMenu: 'File',
  viewMenu: 'View',
  windowMenu: 'Window',
  appMenu: 'App',
};

let commands = 0;

export class StandInMenuItem implements Pick<
  Electron.MenuItem,
  'id' | 'type' | 'checked' | 'enabled' | 'visible' | 'label' | 'commandId'
> {
  readonly commandId = ++commands;
  id: string;
  type: Electron.MenuItem['type'];
  label: string;
  sublabel: string;
  toolTip: string;
  role: Role | undefined;
  accelerator: Electron.Accelerator | null;
  icon: unknown;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  submenu: StandInMenu | undefined;
  click: () => void;

  constructor(options: ItemOptions) {
    if (options.role !== undefined && !(options.role in ROLES))
      refuse(`The stand-in does not know the menu role '${options.role}'.`);
    this.id = options.id ?? '';
    this.submenu = submenuOf(options.submenu);
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu');
    if (this.type === 'submenu' && this.submenu === undefined) refuse('Invalid submenu');
    this.role = options.role;
    this.label = options.label ?? (options.role === undefined ? '' : (ROLES[options.role] ?? ''));
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = options.accelerator ?? null;
    this.icon = options.icon;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.click = () => {
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio') this.checked = true;
      // Typed for Electron's own item, window and event; an app's tray menu has no window to be told of.
      if (options.click !== undefined) Reflect.apply(options.click, undefined, [guarded(this), undefined, {}]);
      else if (options.role !== undefined) rolePressed(options.role);
    };
  }
}

let quitApp: () => void = () => refuse('The app is not there yet.');

/** The one role with an effect outside a window. */
export function whenQuitChosen(quit: () => void): void {
  quitApp = quit;
}

function rolePressed(role: Role): void {
  if (role === 'quit') quitApp();
  else refuse(`The stand-in does not carry out the menu role '${role}'.`);
}

function submenuOf(submenu: ItemOptions['submenu']): StandInMenu | undefined {
  if (submenu === undefined) return undefined;
  return submenu instanceof StandInMenu ? submenu : StandInMenu.buildFromTemplate(submenu);
}

export class StandInMenu extends KnownEvents {
  static #application: StandInMenu | null = null;
  protected readonly known = ['menu-will-show', 'menu-will-close'];
  items: StandInMenuItem[] = [];

  static buildFromTemplate(template: readonly (ItemOptions | StandInMenuItem)[]): StandInMenu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new Menu();
    for (const entry of template as readonly (ItemOptions | StandInMenuItem)[]) {
      menu.append(entry instanceof StandInMenuItem ? entry : new MenuItem(entry));
    }
    return menu;
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.#application = menu;
  }

  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.#application;
  }

  append(item: StandInMenuItem): void {
    this.items.push(item);
  }

  insert(position: number, item: StandInMenuItem): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

export const MenuItem = guardClass('MenuItem', StandInMenuItem);
export const Menu = guardClass('Menu', StandInMenu);

export function recordMenu(menu: StandInMenu): readonly MenuRecord[] {
  return menu.items.map(({ id, label, type, enabled, visible, checked, submenu }) => ({
    id,
    label,
    type,
    enabled,
    visible,
    checked,
    submenu: submenu === undefined ? null : recordMenu(submenu),
  }));
}

/** Presses what is shown; the item behind it does the work. */
export function pressItem(menu: StandInMenu, shown: readonly MenuRecord[], path: string): void {
  const [label, ...rest] = path.split(' > ');
  const place = shown.findIndex((item) => item.label === label && item.visible);
  const record = shown[place];
  const item = menu.items[place];
  if (record === undefined || item === undefined) {
    refuse(`The menu has no '${path}'. It has: ${shown.map((each) => each.label || each.type).join(', ')}.`);
  }
  if (!record.enabled) refuse(`The menu item '${path}' is disabled.`);
  // After the answer is on its way: the item may quit the app.
  if (rest.length === 0) setImmediate(() => item.click());
  else if (item.submenu === undefined) refuse(`The menu item '${path}' has no submenu.`);
  else pressItem(item.submenu, record.submenu ?? [], rest.join(' > '));
}
