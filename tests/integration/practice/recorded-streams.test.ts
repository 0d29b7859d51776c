/** The practice server's event streams beside those of a real one: the same messages in the same order. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { flatten } from '../../../electron/practice/events/structured-clone.ts';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { messagesIn, Stream } from '../../support/wire/stream.ts';
import { RECORDINGS_LACK, shape, streamText } from './recorded.ts';
import { needs } from '../../support/needs.ts';
import { Visitor } from '../../support/wire/visitor.ts';

describe('event streams compared with a real server', () => {
  needs(RECORDINGS_LACK);
  let server: PracticeServer;
  beforeAll(async () => {
    server = await startPracticeServer();
  });
  afterEach(() => server.restoreWaits());
  afterAll(() => server.close());

  it('encodes every recorded message to the same bytes', () => {
    const names = [
      'success-live',
      'fail-live',
      'softfail-live',
      'missing-block-live',
      'stopped-live',
      'chat-live',
      'chat-replay',
      'keepalive',
    ];
    for (const name of names) {
      const text = streamText(`sse-${name}`);
      const lines = text.match(/^data: .*$/gm) ?? [];
      const again = messagesIn(text).map((message) => `data: ${JSON.stringify(flatten(message))}`);
      expect(again).toEqual(lines);
    }
  });

  it.each([
    ['sse-success-live', RECIPE.echo],
    ['sse-fail-live', RECIPE.failsHalfway],
    ['sse-softfail-live', RECIPE.returnsError],
    ['sse-missing-block-live', RECIPE.missingBlock],
    ['sse-fail-after-output-live', RECIPE.failsAfterOutput],
  ])('%s', async (name, recipe) => {
    const visitor = await Visitor.enter(server);
    const stream = await Stream.open(server.origin, visitor.cookie);
    await visitor.start(recipe, { text: 'x' });
    await stream.hears('job_state', 'job_finished');
    const messages = stream.messages;
    await stream.close();
    expect(messages.map((message) => shape(message))).toEqual(
      messagesIn(streamText(name)).map((message) => shape(message)),
    );
  });

  it('sse-stopped-live', async () => {
    const visitor = await Visitor.enter(server);
    const stream = await Stream.open(server.origin, visitor.cookie);
    server.holdWaits();
    const jobId = await visitor.start(RECIPE.slowSteps, {});
    await stream.until(({ messages }) => messages.length >= 8);
    await visitor.post('/api/v1/workflow/stop', { jobId });
    server.finishWaits();
    await stream.hears('job_state', 'job_finished');
    const messages = stream.messages;
    await stream.close();
    expect(messages.map((message) => shape(message))).toEqual(
      messagesIn(streamText('sse-stopped-live')).map((message) => shape(message)),
    );
  });

  it('sse-fail-replay: the messages kept while no stream was open', async () => {
    const visitor = await Visitor.enter(server);
    const jobId = await visitor.start(RECIPE.failsHalfway, { text: 'x' });
    await expect.poll(() => visitor.stateOf(jobId)).toBe('error');
    const stream = await Stream.open(server.origin, visitor.cookie);
    await stream.hears('job_state', 'job_finished');
    const messages = stream.messages;
    await stream.close();
    expect(messages.map((message) => shape(message))).toEqual(
      messagesIn(streamText('sse-fail-replay')).map((message) => shape(message)),
    );
  });

  it('sse-chat-live: the chat message', async () => {
    const visitor = await Visitor.enter(server);
    const stream = await Stream.open(server.origin, visitor.cookie);
    await visitor.start(RECIPE.chatOnly, { text: 'Hello **live**' });
    await stream.hears('chat:system');
    const ours = stream.messages.find(({ type }) => type === 'chat:system');
    const theirs = messagesIn(streamText('sse-chat-live')).find(({ type }) => type === 'chat:system');
    await stream.close();
    expect(shape(ours)).toEqual(shape(theirs));
  });

  it('sse-keepalive and sse-second-connection: welcome and close', async () => {
    const visitor = await Visitor.enter(server);
    const first = await Stream.open(server.origin, visitor.cookie, '');
    await first.hears('chat');
    expect(shape(first.messages[0])).toEqual(shape(messagesIn(streamText('sse-keepalive'))[0]));
    const second = await Stream.open(server.origin, visitor.cookie);
    await first.until(({ ended }) => ended);
    const last = first.text.slice(first.text.lastIndexOf('id: sse'));
    expect(streamText('sse-second-connection-first')).toContain(last);
    await second.close();
  });
});
