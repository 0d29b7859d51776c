/** Starts the app of the first folder in the home that is the second, says its process id, and waits to be killed. */
import * as playwright from '@playwright/test';
import { openHost } from '../../support/host/open-host.ts';

const [, , folder = '.', home = '.'] = process.argv;
const host = await openHost(playwright);
const app = await host.launch({ app: folder, home });
await app.window();
process.stdout.write(`${String(await app.control.processId())}\n`);
