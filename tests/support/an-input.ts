import type { RunInput } from '../../electron/core/model/run.ts';

/** A picture as a run sends it, uploaded, to be changed by a test. */
export const anInput = (change: Partial<RunInput> = {}): RunInput => ({
  position: 0,
  kind: 'image',
  name: 'harbour.png',
  path: '/home/ada/harbour.png',
  text: null,
  size: 2_048,
  mtimeMs: 1,
  mime: 'image/png',
  sendAs: null,
  sha256: 'c0ffee',
  fid: '28,wjvq5f2y1e',
  fidExpires: 9_000,
  copy: null,
  serverName: null,
  madeFrom: null,
  field: null,
  ...change,
});
