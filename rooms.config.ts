import type { ICruiseOptions, IForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';

/*
 * Who may import whom (ARCHITECTURE.md). Type-only and dynamic imports count. `npm run check:rooms` checks the rules and
 * prints the floors.
 */

/** The floors of core, lowest first. A room imports rooms of lower floors only, never one on its own floor. */
export const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['user-files'],
  ['omnitool'],
  ['model'],
  ['store'],
  ['settings'],
  ['connection', 'intake', 'recipes'],
  ['runs', 'export'],
  ['history'],
  ['app'],
];

const names = FLOORS.flat();
const rooms = (list: readonly string[]): string => `^electron/core/(${list.join('|')})/`;

/** One rule a floor: its rooms must not import a room of the same floor or of one above. */
const floorRules = FLOORS.map((floor, index): IForbiddenRuleType => ({
  name: `floor-${floor.join('-')}`,
  comment: `core/{${floor.join(',')}} imports lower floors only.`,
  severity: 'error',
  from: { path: rooms(floor) },
  to: { path: rooms(FLOORS.slice(index).flat()), pathNot: '^electron/core/$1/' },
}));

const forbid = (
  name: string,
  comment: string,
  from: IForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType => ({ name, comment, severity: 'error', from, to });

const PRACTICE = { path: '^electron/practice/' };

/** The rules, each with the reason in its comment. */
export const RULES: IForbiddenRuleType[] = [
  forbid('no-circle', 'No circle of files, in any part of the repository.', {}, { circular: true }),
  ...floorRules,
  {
    ...forbid('no-circle-of-practice-rooms', 'No circle of the rooms of the practice server.', PRACTICE, {
      circular: true,
    }),
    scope: 'folder',
  },
  forbid(
    'known-rooms',
    'Every file of core belongs to a room of a known floor.',
    { path: '^electron/' },
    { path: '^electron/core/', pathNot: [rooms(names)] },
  ),
  forbid(
    'stages',
    'runs/{send,watch,collect} do not know each other: the engine joins them.',
    { path: '^electron/core/runs/(send|watch|collect)/' },
    { path: '^electron/core/runs/(send|watch|collect)/', pathNot: '^electron/core/runs/$1/' },
  ),
  forbid(
    'contract-imports-zod-only',
    'The contract is shared by main, pages and terminal: it imports zod and itself.',
    { path: '^electron/contract/' },
    { pathNot: ['^electron/contract/', '^node_modules/zod/'] },
  ),
  forbid(
    'electron-in-shell-only',
    'Electron is imported by shell/, main.ts, preload.ts and the tests of its host.',
    { path: '^(electron|renderer|scripts)/', pathNot: ['^electron/shell/', '^electron/(main|preload)\\.ts$'] },
    { path: '(^|/)node_modules/electron(-store|-log)?/|^electron$' },
  ),
  forbid(
    'core-without-shell',
    'Core does not know the desktop.',
    { path: '^electron/core/' },
    { path: '^electron/shell/' },
  ),
  {
    name: 'terminal-without-shell',
    comment: 'The terminal runs without Electron, so it never reaches shell/, not even through other files.',
    severity: 'error',
    from: { path: '^electron/cli' },
    to: { path: '^electron/(shell/|main\\.ts|preload\\.ts)', reachable: true },
  },
  forbid(
    'practice-server-stands-alone',
    'The practice server shares no code with the app, so that it can disagree with it.',
    PRACTICE,
    { path: '^(electron/(?!practice/)|renderer/)' },
  ),
  forbid(
    'practice-server-by-entries-only',
    'Only the entries main.ts and cli start the practice server.',
    { path: '^(electron/(core|contract|shell)|renderer)/' },
    PRACTICE,
  ),
  forbid(
    'got-in-omnitool-only',
    'core/omnitool alone sends requests.',
    { path: '^(electron|renderer)/', pathNot: '^electron/core/omnitool/' },
    { path: '^node_modules/(got|tough-cookie)/' },
  ),
  forbid(
    'page-without-node',
    'A page has no Node and sees nothing of main but the contract.',
    { path: '^renderer/src/' },
    { path: ['^electron/(?!contract/)'] },
  ),
  forbid('page-without-node-modules', 'A page has no Node.', { path: '^renderer/src/' }, { dependencyTypes: ['core'] }),
  forbid(
    'tests-not-in-the-app',
    'The app does not import tests or scripts.',
    { path: '^(electron|renderer)/' },
    { path: '^(tests|scripts)/' },
  ),
];

/** How the imports are read: type-only and dynamic ones count. */
export const OPTIONS: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  preserveSymlinks: true,
  detectJSDocImports: false,
  enhancedResolveOptions: {
    extensions: ['.ts', '.svelte', '.js', '.json'],
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
  },
};
