import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { PracticeOptions } from '../../../electron/practice/server.ts';
import { openCommand } from '../../support/command.ts';
import type { Command } from '../../support/command.ts';

/** The path of a file of resources/samples. */
export const sample = (name: string): string => join(import.meta.dirname, '../../../resources/samples', name);

/** Opens a command with its own server and home before each test, and removes them after it. */
export function useCommand(practice?: PracticeOptions): Command {
  let command: Command;
  beforeEach(async () => {
    command = await openCommand(undefined, practice);
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
