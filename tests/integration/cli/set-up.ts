import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PracticeOptions } from '../../../electron/practice/server.ts';
import { buildProgram, type BuiltProgram } from '../../support/built-program.ts';
import { type Command, openCommand, SOURCES } from '../../support/command.ts';

/** The path of a file of resources/samples. */
export const sample = (name: string): string => join(import.meta.dirname, '../../../resources/samples', name);

/** Opens a command with its own server and home before each test, and removes them after it. */
export function useCommand(practice?: PracticeOptions): Command {
  let program: BuiltProgram;
  let command: Command;
  beforeAll(async () => {
    program = await buildProgram(SOURCES);
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    command = await openCommand([process.execPath, program.path], practice);
  });
  afterEach(() => command.remove());
  return {
    get server() {
      return command.server;
    },
    get home() {
      return command.home;
    },
    start: (...call) => command.start(...call),
    run: (...call) => command.run(...call),
    connect: () => command.connect(),
    remove: () => command.remove(),
  };
}
