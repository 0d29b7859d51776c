import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings, type OpenedSettings } from '../../../electron/core/settings/settings.ts';
import { DEFAULTS } from '../../../electron/core/settings/schema.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (): OpenedSettings =>
  openSettings({
    folder,
    open: ({ cwd, name }) => new Conf({ cwd, configName: name }),
    now: () => Date.UTC(2026, 10, 23, 19, 0, 5),
  });
const path = (name: string): string => join(folder, name);
const write = (value: unknown, name = 'config.json'): void => writeFileSync(path(name), JSON.stringify(value));
const stored = (name = 'config.json'): unknown => JSON.parse(readFileSync(path(name), 'utf8'));

const HOME = {
  id: 'p1',
  name: 'Home',
  address: 'http://127.0.0.1:1688',
  practice: false,
  tokenPlace: 'keychain',
} as const;
const WORK = { ...HOME, id: 'p2', name: 'Work', address: 'https://omnitool.example.org' };
const ASIDE = 'config.corrupt-2026-11-23T19-00-05-000Z.json';

describe.runIf(process.platform !== 'win32')('something else in the place of the settings file', () => {
  it.each([
    ['a pipe', (place: string) => execFileSync('mkfifo', [place])],
    ['a folder', (place: string) => mkdirSync(place)],
  ])('%s is renamed at once, and the backup is restored', (_what, make) => {
    open().settings.change({ paused: true });
    open();
    rmSync(path('config.json'));
    make(path('config.json'));
    const { settings, notes } = open();
    expect(settings.read().paused).toBe(true);
    expect(notes.join()).toContain(ASIDE);
    expect(readdirSync(folder)).toContain(ASIDE);
    rmSync(path('config.backup.json'));
    make(path('config.backup.json'));
    expect(open().settings.read().paused).toBe(true);
  });
});

describe('openSettings', () => {
  it('starts with the defaults, in a new folder', () => {
    folder = join(folder, 'new', 'folder');
    const { settings, notes } = open();
    expect(settings.read()).toEqual(DEFAULTS);
    expect(notes).toEqual([]);
    folder = join(folder, '..', '..');
  });

  it('stores changes', () => {
    const { settings } = open();
    expect(settings.change({ theme: 'dark', profiles: [HOME], activeProfileId: 'p1' })).toEqual({
      ...DEFAULTS,
      theme: 'dark',
      profiles: [HOME],
      activeProfileId: 'p1',
    });
    settings.change({ theme: undefined, notifyWhen: 'never' });
    expect(open().settings.read()).toMatchObject({ theme: 'dark', notifyWhen: 'never', profiles: [HOME] });
    expect(stored()).toMatchObject({ version: 1 });
  });

  it('stores appearance and notification settings, and repairs each alone', () => {
    open().settings.change({ textSize: 130, motion: 'reduced', notifyDetails: false, shortcut: 'Control+Alt+O' });
    expect(open().settings.read()).toMatchObject({ textSize: 130, motion: 'reduced', notifyDetails: false });
    write({ ...(stored() as object), textSize: 400, shortcut: 'rm -rf', guideDone: 'yes' });
    const { settings, notes } = open();
    expect(settings.read()).toMatchObject({ textSize: 100, shortcut: null, guideDone: false, motion: 'reduced' });
    expect(notes).toHaveLength(3);
  });

  it('calls listeners until they unsubscribe', () => {
    const { settings } = open();
    const heard: string[] = [];
    const stop = settings.onChange(({ theme }) => heard.push(theme));
    settings.change({ theme: 'dark' });
    stop();
    settings.change({ theme: 'light' });
    expect(heard).toEqual(['dark']);
  });

  it('reads changes of another process, and keeps them', () => {
    const app = open().settings;
    const terminal = open().settings;
    app.change({ theme: 'dark' });
    terminal.change({ profiles: [HOME] });
    expect(app.read()).toMatchObject({ profiles: [HOME], activeProfileId: 'p1' });
    app.change({ notifyWhen: 'never' });
    expect(terminal.read()).toMatchObject({ theme: 'dark', notifyWhen: 'never', profiles: [HOME] });
  });

  it('repairs only an invalid field, and names it', () => {
    write({ version: 1, theme: 'purple', notifyWhen: 'never', profiles: [HOME], activeProfileId: 'p1' });
    const { settings, notes } = open();
    expect(settings.read()).toMatchObject({ theme: 'system', notifyWhen: 'never', profiles: [HOME] });
    expect(notes).toEqual(['The setting "theme" could not be read and was put back to its default.']);
  });

  it.each([
    ['paused', true, 'yes'],
    ['keepInputs', true, 1],
    ['adoptAlone', true, null],
    ['notifyElsewhere', true, 'always'],
    ['parallelRuns', 16, 0],
    ['parallelRuns', 1, 17],
    ['parallelRuns', 5, 2.5],
    ['keepDays', 1, 0],
    ['keepDays', 36_500, 36_501],
    ['keepDays', null, '30'],
    ['keepBytes', 1_048_576, 1_048_575],
    ['keepBytes', null, -1],
    ['largestFileBytes', 1_048_576, 1_048_575],
    ['largestFileBytes', null, 'none'],
    ['reserveBytes', 0, -1],
    ['reserveBytes', 2 ** 40, 0.5],
  ] as const)('stores %s as %j, and repairs %j', (name, good, bad) => {
    open().settings.change({ [name]: good });
    expect(open().settings.read()[name]).toBe(good);
    write({ theme: 'dark', [name]: bad });
    const { settings, notes } = open();
    expect(settings.read()).toEqual({ ...DEFAULTS, theme: 'dark' });
    expect(notes).toEqual([`The setting "${name}" could not be read and was put back to its default.`]);
  });

  it('keeps all runs, sends three at a time and asks before adopting by default', () => {
    write({ version: 1, theme: 'dark' });
    expect(open().settings.read()).toMatchObject({
      keepDays: null,
      keepBytes: null,
      largestFileBytes: 2 * 1024 ** 3,
      reserveBytes: 500 * 1024 ** 2,
      keepInputs: false,
      parallelRuns: 3,
      paused: false,
      adoptAlone: false,
    });
  });

  it('leaves out only an invalid profile', () => {
    write({
      profiles: [{ ...HOME, address: 'file:///etc/passwd' }, WORK, { ...WORK, name: 'Twin' }],
      activeProfileId: 'p1',
    });
    const { settings, notes } = open();
    expect(settings.read()).toMatchObject({ profiles: [WORK], activeProfileId: 'p2' });
    expect(notes).toHaveLength(1);
  });

  it('reads the file of a newer program, and keeps its unknown fields', () => {
    write({ version: 9, theme: 'dark', shelf: { edge: 'left' } });
    open().settings.change({ notifyWhen: 'never' });
    expect(stored()).toMatchObject({ version: 9, theme: 'dark', notifyWhen: 'never', shelf: { edge: 'left' } });
  });

  it.each([
    ['not JSON', '{"theme": "da'],
    ['empty', ''],
    ['full of NUL bytes, as after a power cut', '\0'.repeat(64)],
    ['a list', '[]'],
    ['null', 'null'],
  ])('renames a file that is %s', (_, text) => {
    writeFileSync(path('config.json'), text);
    const { settings, notes } = open();
    expect(settings.read()).toEqual(DEFAULTS);
    expect(readFileSync(path(ASIDE), 'utf8')).toBe(text);
    expect(notes).toEqual([
      `The settings file was damaged. It was kept as ${ASIDE}, and OmniTray started with fresh settings.`,
    ]);
    settings.change({ theme: 'dark' });
    expect(open()).toMatchObject({ notes: [] });
    expect(open().settings.read().theme).toBe('dark');
  });

  it('restores the backup', () => {
    open().settings.change({ theme: 'dark', profiles: [HOME] });
    open();
    writeFileSync(path('config.json'), '{');
    const { settings, notes } = open();
    expect(settings.read()).toMatchObject({ theme: 'dark', profiles: [HOME] });
    expect(notes).toEqual([
      `The settings file was damaged. It was kept as ${ASIDE}, and the last good settings were put back.`,
    ]);
  });

  it('does not use a damaged backup', () => {
    writeFileSync(path('config.backup.json'), 'nonsense');
    writeFileSync(path('config.json'), 'nonsense');
    expect(open().settings.read()).toEqual(DEFAULTS);
  });

  it('makes no backup of repaired settings', () => {
    write({ theme: 'dark' });
    open();
    write({ theme: 'purple' });
    open();
    expect(stored('config.backup.json')).toMatchObject({ theme: 'dark' });
  });

  it('uses the last known settings while the file is broken, and writes all of them with the next change', () => {
    const { settings } = open();
    settings.change({ theme: 'dark', profiles: [HOME] });
    writeFileSync(path('config.json'), '{');
    expect(settings.read()).toMatchObject({ theme: 'dark', profiles: [HOME] });
    settings.change({ notifyWhen: 'never' });
    expect(stored()).toMatchObject({ theme: 'dark', notifyWhen: 'never', profiles: [HOME] });
  });

  it('reports a folder that cannot be made', () => {
    writeFileSync(path('file'), '');
    folder = path('file');
    expect(() => open()).toThrow(expect.objectContaining({ name: 'SettingsError', code: 'disk-in-the-way' }) as Error);
    folder = join(folder, '..');
  });

  it('reports a change that cannot be written', () => {
    const { settings } = open();
    settings.change({ theme: 'dark' });
    rmSync(path('config.json'));
    mkdirSync(path('config.json'));
    expect(() => settings.change({ theme: 'light' })).toThrow(
      expect.objectContaining({ name: 'SettingsError', code: 'disk-in-the-way' }) as Error,
    );
  });

  it('starts without a backup when none can be made, and reports it', () => {
    write({ theme: 'dark' });
    mkdirSync(join(folder, 'config.backup.json.new', 'in the way'), { recursive: true });
    const { settings, notes } = open();
    expect(settings.read().theme).toBe('dark');
    expect(notes).toEqual([
      'The settings could not be backed up: their folder cannot be written to, or the disk is full.',
    ]);
  });

  it('leaves no partial files', () => {
    open().settings.change({ theme: 'dark' });
    open();
    expect(readdirSync(folder).sort()).toEqual(['config.backup.json', 'config.json']);
  });
});

it('a copy of a partly unreadable file stays after the next change', () => {
  const damaged = { profiles: [HOME, { ...WORK, tokenPlace: 'under the mat' }], theme: 'dark' };
  write(damaged);
  open().settings.change({ paused: true });
  expect(stored()).toMatchObject({ profiles: [HOME] });
  expect(stored('config.damaged.json')).toEqual(damaged);
});
