import { powerMonitor } from 'electron';

/** Nothing is asked of a server while the machine sleeps; timers would all fire at once on waking (platform N1). */
export function followPower(engine: { suspend(): void; wakeUp(): void }): void {
  powerMonitor.on('suspend', () => engine.suspend());
  powerMonitor.on('resume', () => engine.wakeUp());
}
