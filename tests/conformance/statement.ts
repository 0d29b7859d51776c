import { afterAll, afterEach, beforeAll, test } from 'vitest';
import type { PracticeOptions, PracticeServer } from '../../electron/practice/server.ts';
import { type Need, Stage } from './stage.ts';

/** Registers one statement about the server; `section` is its section in docs/omnitool-wire.md. */
type Statement = (
  section: string,
  words: string,
  needs: readonly Need[],
  check: (stage: Stage) => Promise<void>,
) => void;

/** A statement that is tested on the practice server only; `why` is printed when it is left out. */
type PracticeStatement = (
  section: string,
  words: string,
  why: string,
  check: (practice: PracticeServer, stage: Stage) => Promise<void>,
) => void;

/**
 * The statements of one file share a server: the practice server with `options`, or the one that the environment names.
 * Statements about what that server lacks are left out by name; the practice server may lack nothing.
 */
export function conformance(options: PracticeOptions = {}): {
  readonly statement: Statement;
  readonly onPractice: PracticeStatement;
} {
  let opened: Stage | null = null;
  beforeAll(async () => {
    opened = await Stage.open(options);
  });
  afterEach(() => {
    opened?.letGo();
    opened?.practice?.restoreWaits();
  });
  afterAll(() => opened?.close());
  const stage = (): Stage => {
    if (opened === null) throw new TypeError('The server is not there yet.');
    return opened;
  };
  return {
    statement: (section, words, needs, check) =>
      test(`${section} ${words}`, async ({ skip }) => {
        const missing = stage().missing(needs);
        if (missing !== null && stage().practice !== null) throw new Error(`The practice server ${missing}.`);
        if (missing !== null) skip(missing);
        await check(stage());
      }),
    onPractice: (section, words, why, check) =>
      test(`${section} ${words}`, async ({ skip }) => {
        const { practice } = stage();
        if (practice === null) skip(why);
        else await check(practice, stage());
      }),
  };
}
