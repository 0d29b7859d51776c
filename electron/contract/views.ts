/**
 * The data that the page, the terminal and the tray show: plain, readonly and cloneable. Times are milliseconds since
 * 1970, sizes are bytes.
 */
export type * from './views/app.ts';
export type * from './views/batches.ts';
export type * from './views/connection.ts';
export * from './views/draft.ts';
export type * from './views/forms.ts';
export type * from './views/ids.ts';
export * from './views/kinds.ts';
export type * from './views/presets.ts';
export * from './views/recipes.ts';
export type * from './views/results.ts';
export * from './views/runs.ts';
export type * from './views/settings.ts';
export type * from './views/tables.ts';
export type { SettingsView } from './settings.ts';
