import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Core } from '../../../electron/core/app/core.ts';
import { type Clock, systemClock } from '../../../electron/core/base/clock.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type Hop, startHop } from '../../faults/support/hop.ts';
import { quickClock } from '../../support/quick-clock.ts';
import { reset } from '../../support/scripted-server.ts';
import { messagesOf, type Pace, slowStream } from '../../support/slow-stream.ts';
import {
  connectTo,
  LoudLogger,
  makeHome,
  openCore,
  runReaches,
  startRecipe,
  type TestHome,
} from '../../support/test-core.ts';

const LISTEN = 'GET /api/v1/mercenaries/listen';
const SEVERAL = 'Chat in several messages';

let server: PracticeServer;
let hop: Hop;
let home: TestHome;
let core: Core;
const logger = new LoudLogger();

const messagesOfRun = (id: string): number => core.runs.result(id).messages.length;
const isChat = (piece: string): boolean => piece.includes('chat:system');
const inMessages = (wait: Pace['wait']): Pace => ({ cut: messagesOf, wait });

async function open(clock: Clock): Promise<void> {
  core = openCore(home, { logger, clock });
  await connectTo(core, hop.origin, server.token);
  // Which blocks speak is known of a recipe that was looked at.
  await Promise.all(core.catalogue.view.recipes.map(({ id }) => core.catalogue.load(id)));
}

/** Runs a recipe whose session is read after its end, at this pace. */
async function runAtPace(recipe: string, pace: Pace) {
  hop.on(LISTEN, reset);
  const { id } = await startRecipe(core, recipe, [], 'a long story');
  await runReaches(core, id, 'collecting');
  hop.on(LISTEN, slowStream(server.origin, pace));
  return runReaches(core, id, 'succeeded', 'empty', 'failed');
}

beforeEach(async () => {
  server = await startPracticeServer({ showAll: true });
  hop = await startHop(server.origin, [LISTEN]);
  home = await makeHome();
  logger.errors.length = 0;
});

afterEach(async () => {
  core.close();
  await hop.close();
  await server.close();
  await home.remove();
  expect(logger.errors).toEqual([]);
});

describe('a slow chat answer is read to its end', () => {
  it('with a pause of 600 ms between its messages', async () => {
    await open(systemClock);
    const run = await runAtPace(
      SEVERAL,
      inMessages((piece) => (isChat(piece) ? 600 : 0)),
    );
    expect(run).toMatchObject({ state: 'succeeded', reason: null });
    expect(messagesOfRun(run.id)).toBe(3);
  });

  it('with a pause of several seconds', async () => {
    await open(systemClock);
    let isFirst = true;
    const run = await runAtPace(
      SEVERAL,
      inMessages((piece) => {
        const ms = isChat(piece) && !isFirst ? 2_500 : 0;
        if (isChat(piece)) isFirst = false;
        return ms;
      }),
    );
    expect(run).toMatchObject({ state: 'succeeded', reason: null });
    expect(messagesOfRun(run.id)).toBe(3);
  });

  it('with a message that takes longer than the longest wait', async () => {
    await open(quickClock);
    // 40 pieces, 50 ms apart: 40 s by a clock that runs 20 times as fast.
    const cut = (text: string): readonly string[] =>
      messagesOf(text).flatMap((message) => {
        if (!isChat(message)) return [message];
        const size = Math.ceil(message.length / 40);
        return Array.from({ length: 40 }, (_, at) => message.slice(at * size, (at + 1) * size));
      });
    const run = await runAtPace('Chat-only answer', { cut, wait: () => 50 });
    expect(run).toMatchObject({ state: 'succeeded', reason: null });
    expect(messagesOfRun(run.id)).toBe(1);
  });
});

describe('a recipe without an output block', () => {
  it('is read to its end: a block of an extension may write to the chat', async () => {
    await open(systemClock);
    const run = await runAtPace(
      'Chat in plain text',
      inMessages((piece) => (isChat(piece) ? 600 : 0)),
    );
    expect(run).toMatchObject({ state: 'succeeded', reason: null });
    expect(messagesOfRun(run.id)).toBe(1);
  });
});

describe('a chat answer whose end is not received', () => {
  const withoutEnd = inMessages((piece) => (piece.includes('"job_finished"') ? 600_000 : 0));
  const stuckAfter = (count: number): Pace => {
    let said = 0;
    return inMessages((piece) => {
      if (isChat(piece)) said += 1;
      return piece !== '' && said > count ? 600_000 : 0;
    });
  };

  it('counts as cut, although no message was unreadable', async () => {
    await open(quickClock);
    const run = await runAtPace(SEVERAL, stuckAfter(1));
    expect(run).toMatchObject({ state: 'succeeded', reason: 'answer-cut' });
    expect(messagesOfRun(run.id)).toBe(1);
  });

  it('is read again before that, and the run shows it', async () => {
    await open(quickClock);
    const reasons = new Set<string | null>();
    core.runs.onChange(({ run }) => void reasons.add(run.reason));
    expect((await runAtPace(SEVERAL, stuckAfter(0))).reason).toBe('answer-cut');
    expect(reasons).toContain('answer-late');
  });

  it('is whole when every chat block was received to its end', async () => {
    await open(quickClock);
    const run = await runAtPace(SEVERAL, withoutEnd);
    expect(run).toMatchObject({ state: 'succeeded', reason: null });
    expect(messagesOfRun(run.id)).toBe(3);
  });

  it('counts as cut when the server had dropped the first messages', async () => {
    await open(quickClock);
    let said = 0;
    const run = await runAtPace(SEVERAL, {
      wait: () => 0,
      cut: (text) =>
        messagesOf(text).filter((piece) => {
          if (isChat(piece)) said += 1;
          return said > 1;
        }),
    });
    expect(run).toMatchObject({ state: 'succeeded', reason: 'answer-cut' });
    expect(messagesOfRun(run.id)).toBe(2);
  });
});
