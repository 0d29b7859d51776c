/** Asks for a file on a drive that hangs, then ends. Usage: node leaving-child.ts <file> <exit code> */
import { hardExit } from '../../electron/core/connection/hard-exit.ts';
import { UserFiles } from '../../electron/core/user-files/user-files.ts';

const [, , path = '', code = '0'] = process.argv;
const files = new UserFiles(200);
await files.stat(path).catch((failure: unknown) => process.stdout.write(String(failure)));
if (files.isStuck) hardExit(Number(code));
