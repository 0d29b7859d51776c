import { describe, expect, it } from 'vitest';
import { type ConnectionView, RUN_STATES, type RunState, type RunView } from '../../../electron/contract/views.ts';
import { runNotification } from '../../../electron/core/app/notifications.ts';
import { trayModel } from '../../../electron/core/app/tray-model.ts';
import { runView } from '../../../electron/core/history/run-view.ts';
import { aRun } from '../../support/a-run.ts';

const connected: ConnectionView = {
  status: 'online',
  profile: { id: 'p', name: 'Home server', address: 'http://127.0.0.1:1688', practice: false, tokenPlace: 'keychain' },
  serverVersion: '1.0.4',
  token: null,
  problem: null,
  profiles: [],
};
const run = (state: RunState, id = 'r'): RunView =>
  runView(
    // An unconfirmed run is published once its candidates are known.
    { ...aRun(), id, state, candidates: state === 'unconfirmed' ? [] : null },
    { upload: null, progress: null, said: 0, gave: { texts: 1, objects: 0, messages: 0, files: 0 }, picture: null },
  );
const labels = (connection: ConnectionView, runs: readonly RunView[]): readonly string[] =>
  trayModel(connection, runs, []).menu.flatMap((entry) => (entry.kind === 'separator' ? [] : [entry.label]));

describe('trayModel', () => {
  it('offers to connect when there is no server yet', () => {
    const nobody = { ...connected, status: 'none', profile: null } as const;
    expect(labels(nobody, [])).toEqual(['Not connected yet', 'Connect…', 'Activity', 'Settings', 'Quit OmniTray']);
  });

  it('begins with the status and has an entry for every view', () => {
    expect(labels(connected, [])).toEqual([
      'Connected to Home server',
      'Open OmniTray',
      'Add files…',
      'Activity',
      'Settings',
      'Quit OmniTray',
    ]);
  });

  it('lists running runs and recent results, each with its own link', () => {
    const model = trayModel(connected, [run('running', 'a'), run('succeeded', 'b')], []);
    expect(model.icon).toBe('busy');
    expect(model.tooltip).toBe('OmniTray: Connected to Home server, 1 run in progress');
    expect(model.menu).toContainEqual({
      kind: 'item',
      label: 'Summarise: done',
      action: { do: 'navigate', route: { view: 'result', runId: 'b' } },
    });
  });

  it('has a menu of the presets that were used last, by name', () => {
    const presets = Array.from({ length: 12 }, (_, place) => ({
      ...{ id: `p${place}`, recipeId: 'icons', recipeName: 'App Icon Studio', hint: '' },
      ...{ name: `Icon ${String(place).padStart(2, '0')}`, usedAt: place },
    }));
    const { menu } = trayModel(connected, [], presets);
    const submenu = menu.find(({ kind }) => kind === 'submenu');
    const items = submenu?.kind === 'submenu' ? submenu.items : [];
    expect(items).toHaveLength(8);
    expect(items[0]).toEqual({
      kind: 'item',
      label: 'Icon 04 (App Icon Studio)',
      action: { do: 'use-preset', presetId: 'p4' },
    });
    expect(labels(connected, [])).not.toContain('Presets');
  });

  it('stays short with many runs', () => {
    const many = [...Array(100).keys()].map((index) => run(index % 2 === 0 ? 'running' : 'failed', String(index)));
    expect(labels(connected, many).length).toBeLessThan(20);
  });

  it.each(['expired', 'refused', 'locked'] as const)('asks for attention when the connection is %s', (status) => {
    expect(trayModel({ ...connected, status }, [], []).icon).toBe('attention');
  });

  it('asks for attention when a run is unconfirmed', () => {
    expect(trayModel(connected, [run('unconfirmed')], []).icon).toBe('attention');
  });
});

describe('runNotification', () => {
  it('notifies of an end once, at the transition to it', () => {
    expect(runNotification('collecting', run('succeeded'))).toEqual({
      target: { kind: 'run', runId: 'r' },
      title: 'Summarise is done',
      body: expect.stringContaining('') as string,
    });
    expect(runNotification('succeeded', run('succeeded'))).toBeNull();
    expect(runNotification(null, run('succeeded'))).toBeNull();
  });

  it('notifies of every end except a stop by the user, and of a run that needs the user', () => {
    const told = RUN_STATES.filter((state) => runNotification('queued', run(state)) !== null);
    expect(told).toEqual(['unconfirmed', 'succeeded', 'unverified', 'failed', 'empty', 'lost']);
  });
});
