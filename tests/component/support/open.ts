import '../../../renderer/src/styles/tokens.css';
import '../../../renderer/src/styles/base.css';
import { mount, unmount } from 'svelte';
import { onTestFinished } from 'vitest';
import type { AppView } from '../../../electron/contract/views.ts';
import App from '../../../renderer/src/App.svelte';
import { anApp } from './samples.ts';
import { ScriptedBridge } from './scripted-bridge.ts';

/** Opens the window on a scripted main process, for one test. */
export function openApp(change: Partial<AppView> = {}, bridge = new ScriptedBridge()): ScriptedBridge {
  bridge.app = anApp(change);
  const target = document.createElement('div');
  target.id = 'app';
  document.body.append(target);
  const app = mount(App, { target, props: { bridge } });
  onTestFinished(async () => {
    await unmount(app);
    target.remove();
  });
  return bridge;
}
