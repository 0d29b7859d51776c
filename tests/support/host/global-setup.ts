import { chooseHost } from './which-host.ts';

/** The run says which host it used: a green stand-in run is not a green Electron run. */
export default function sayHost(): void {
  const { host, why } = chooseHost();
  process.stdout.write(`e2e host: ${host} (${why})\n`);
}
