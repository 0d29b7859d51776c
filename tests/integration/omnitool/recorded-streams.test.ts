/** The event stream of a real Omnitool 1.0.4, byte for byte. The recordings are beside the repository, not in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ServerEvent } from '../../../electron/core/omnitool/server-event.ts';
import { reply } from '../../support/scripted-server.ts';
import { clientOf, scripted } from './client.ts';
import { drainSession, LISTEN, SESSION, staysAfter, TYPE } from './sse.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/recorded');

const decodedStream = z.object({
  events: z.array(z.object({ data: z.object({ type: z.string(), body: z.object({ event: z.string().optional() }) }) })),
});
type DecodedMessage = z.output<typeof decodedStream>['events'][number]['data'];

/** The types of messages in the recordings and in this client. */
const KINDS: Readonly<Record<string, ServerEvent['type']>> = {
  'job:update': 'job-update',
  'job:error': 'job-error',
  job_started: 'job-started',
  job_finished: 'job-finished',
  node_started: 'node-started',
  node_finished: 'node-finished',
  error: 'block-failed',
  'chat:system': 'chat',
  chat: 'other',
  'client:toast': 'toast',
  keepalive: 'keepalive',
  close: 'replaced',
};
const kindOfMessage = ({ type, body }: DecodedMessage): string | undefined =>
  KINDS[type === 'job_state' ? (body.event ?? '') : type];

if (existsSync(folder)) {
  describe('recorded streams', () => {
    const names = readdirSync(folder).filter((file) => /^sse-.*\.txt$/.test(file));

    it.each(names)('%s decodes to the recorded events', async (name) => {
      const bytes = await readFile(join(folder, name));
      const { events } = decodedStream.parse(
        JSON.parse(readFileSync(join(folder, name.replace('.txt', '.json')), 'utf8')),
      );
      const server = (await scripted()).on(LISTEN, reply(200, bytes, TYPE));
      const stream = await clientOf(server.origin).listen({ session: SESSION });
      const heard: ServerEvent[] = [];
      for await (const event of stream.events()) heard.push(event);
      expect(stream.skipped).toBe(0);
      expect(heard.map(({ type }) => type)).toEqual(events.map(({ data }) => kindOfMessage(data)));
    });

    const heardOf = async (name: string): Promise<readonly ServerEvent[]> => {
      const server = (await scripted()).on(LISTEN, reply(200, await readFile(join(folder, name)), TYPE));
      const heard: ServerEvent[] = [];
      for await (const event of (await clientOf(server.origin).listen({ session: SESSION })).events())
        heard.push(event);
      return heard;
    };

    it('deliver a chat answer with its pictures', async () => {
      const [chat, ...others] = (await heardOf('sse-chat-replay.txt')).filter(({ type }) => type === 'chat');
      expect(others).toEqual([]);
      expect(chat).toMatchObject({
        format: 'markdown',
        unreadable: 0,
        objects: [],
        texts: [expect.stringContaining('ünïcödé 🐴')],
        artifacts: [
          { list: 'images', fileName: 'pic one.png', size: 542, width: 64, height: 48 },
          { list: 'images', fileName: 'second.png', size: 200 },
        ],
      });
    });

    it.each([
      ['sse-fail-live.txt', 'wiretest failure: x'],
      ['sse-softfail-live.txt', 'soft failure: x'],
      ['sse-missing-block-live.txt', 'Component nosuch.block does not exist'],
      ['sse-fail-after-output-live.txt', 'wiretest failure: half done'],
    ])('report each failure once: %s', async (name, words) => {
      const last = (await heardOf(name)).findLast(({ type }) => type === 'job-error' || type === 'job-update');
      const failures = last !== undefined && 'failures' in last ? last.failures : [];
      expect(failures.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
      expect(last).toMatchObject({ state: 'error' });
    });

    it('deliver a run in time when the session is drained', async () => {
      const server = (await scripted()).on(
        LISTEN,
        staysAfter(readFileSync(join(folder, 'sse-fail-replay.txt'), 'utf8')),
      );
      const heard: ServerEvent[] = [];
      const drained = await drainSession(clientOf(server.origin), SESSION, {
        onEvent: (event) => void heard.push(event),
      });
      expect(drained).toEqual({ complete: true, skipped: 0 });
      expect(heard.find(({ type }) => type === 'block-failed')).toMatchObject({
        nodeId: '2',
        block: 'omni-extension-wiretest:wiretest.fail',
        message: expect.stringContaining('wiretest failure: too late') as unknown,
      });
    });
  });
} else {
  it('recorded streams', ({ skip }) => skip('exchanges recorded with a real server are not here'));
}
