import { USER_DEFAULTS } from '../../../electron/contract/settings.ts';
import type {
  AppView,
  AttachmentView,
  ConnectionView,
  RecipeView,
  ReceiptFileView,
  ResultView,
  RunView,
  StorageView,
} from '../../../electron/contract/views.ts';

const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

export const aConnection = (change: Partial<ConnectionView> = {}): ConnectionView => {
  const profile = {
    id: 'home',
    name: 'Home server',
    address: 'http://127.0.0.1:1688',
    practice: false,
    tokenPlace: 'keychain',
  } as const;
  return {
    status: 'online',
    profile,
    serverVersion: '1.0.4',
    token: { issuedAt: Date.now(), expiresAt: Date.now() + 30 * DAY, expired: false, mayRun: 'every-recipe' },
    problem: null,
    profiles: [profile],
    ...change,
  };
};

export const noConnection: ConnectionView = {
  status: 'none',
  profile: null,
  serverVersion: null,
  token: null,
  problem: null,
  profiles: [],
};

export const aRecipe = (change: Partial<RecipeView> = {}): RecipeView => ({
  id: 'upscale',
  name: 'Upscale photo',
  description: '',
  author: 'Anonymous',
  tags: [],
  mine: true,
  updatedAt: null,
  picture: null,
  shape: { takes: ['images', 'text'], gives: ['images'], givesInChat: [], hasForm: false, formTakes: [], warnings: [] },
  favourite: false,
  usedAt: null,
  ...change,
});

export const anAttachment = (change: Partial<AttachmentView> = {}): AttachmentView => ({
  id: 'a1',
  kind: 'image',
  name: 'harbour at dusk.png',
  size: 5_033_164,
  mime: 'image/png',
  sendAs: null,
  field: null,
  excerpt: null,
  problem: null,
  picture: null,
  convertible: false,
  changes: [],
  folder: null,
  isTable: false,
  ...change,
});

export const aRun = (change: Partial<RunView> = {}): RunView => ({
  listedAt: change.createdAt ?? Date.now() - MINUTE,
  id: 'r1',
  profileId: 'home',
  serverName: 'Home server',
  recipeId: 'upscale',
  recipeName: 'Upscale photo',
  state: 'running',
  since: Date.now(),
  reason: null,
  reasonDetail: null,
  createdAt: Date.now() - MINUTE,
  startedAt: Date.now() - MINUTE,
  endedAt: null,
  inputs: [{ kind: 'image', name: 'harbour at dusk.png', size: 5_033_164 }],
  excerpt: null,
  upload: null,
  stopRequested: false,
  progress: null,
  said: 0,
  failures: [],
  batchId: null,
  favourite: false,
  candidates: null,
  unseen: false,
  gave: null,
  picture: null,
  ...change,
});

export const anEndedRun = (change: Partial<RunView> = {}): RunView =>
  aRun({ state: 'succeeded', endedAt: Date.now(), gave: { texts: 1, objects: 0, messages: 0, files: 0 }, ...change });

export const aReceiptFile = (change: Partial<ReceiptFileView> = {}): ReceiptFileView => {
  const bytes = { size: 5_033_164, sha256: 'c0ffee12'.repeat(8) };
  return {
    name: 'harbour at dusk.png',
    kind: 'image',
    ...bytes,
    sentAs: 'images',
    sent: bytes,
    changes: [],
    ...change,
  };
};

export const aResult = (change: Partial<ResultView> = {}): ResultView => ({
  run: anEndedRun(),
  inputs: [],
  texts: ['Both photos are four times larger.'],
  objects: [],
  messages: [],
  leftOut: 0,
  linked: {},
  artifacts: [],
  receipt: {
    address: 'http://127.0.0.1:1688',
    start: 'taken',
    sentAt: Date.now() - MINUTE,
    message: null,
    form: [],
    data: null,
    files: [aReceiptFile()],
    bytes: 5_033_164,
    tookMs: 48_000,
  },
  ...change,
});

export const aStorage = (): StorageView => ({
  folder: '~/.config/OmniTray',
  runs: 12,
  results: { bytes: 5_033_164, whole: true },
  pictures: { bytes: 20_480, whole: true },
  practice: { bytes: 0, whole: true },
  log: { bytes: 1_024, whole: true },
  database: { bytes: 40_960, whole: true },
});

export const anApp = (change: Partial<AppView> = {}): AppView => ({
  connection: aConnection(),
  recipes: { status: 'ready', recipes: [aRecipe()], listedAt: Date.now(), problem: null, lastUsedFor: {} },
  presets: [],
  draft: {
    attachments: [],
    recipeId: null,
    message: '',
    data: '',
    values: {},
    presetId: null,
    mode: 'together',
    table: null,
    undoable: null,
    redoable: null,
  },
  runs: [],
  moreRuns: null,
  attention: { needsYou: 0, unseen: 0 },
  externalJobs: [],
  startFailures: [],
  settings: { ...USER_DEFAULTS, theme: 'light', guideDone: true },
  about: {
    version: '0.1.0',
    platform: 'linux',
    keychain: 'ready',
    dataFolder: '~/.config/OmniTray',
    logFile: '~/.config/OmniTray/logs/main.log',
    notes: [],
    unreadable: { runs: 0, results: 0, recipes: 0, others: 0 },
  },
  route: { view: 'launch' },
  ...change,
});
