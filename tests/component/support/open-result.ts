import type { AppView, ArtifactView, ResultView } from '../../../electron/contract/views.ts';
import { openApp } from './open.ts';
import { anEndedRun, aResult } from './samples.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

/** Opens the window on what one run brought back. */
export function openResult(
  change: Partial<ResultView>,
  app: Partial<AppView> = {},
  bridge = new ScriptedBridge(),
): ScriptedBridge {
  const run = change.run ?? anEndedRun();
  bridge.result = { ...aResult({ texts: [] }), ...change, run };
  return openApp({ runs: [run], route: { view: 'result', runId: run.id }, ...app }, bridge);
}

/** A file of a result, by default a picture. */
export const anArtifact = (change: Partial<ArtifactView> = {}): ArtifactView => ({
  position: 0,
  name: 'holiday.png',
  kind: 'image',
  mime: 'image/png',
  size: 1_000,
  width: null,
  height: null,
  url: 'omnitray-artifact://result/r1/0',
  problem: null,
  mayComeAgain: false,
  message: null,
  source: null,
  ...change,
});

/** A picture of this size in one colour, as an address that the page can show. */
export function aPicture(width: number, height: number, colour = 'teal'): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null) throw new TypeError('This browser draws nothing.');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return canvas.toDataURL();
}
