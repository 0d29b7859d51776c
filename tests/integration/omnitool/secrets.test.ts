import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startBody } from '../../../electron/core/omnitool/start-body.ts';
import { cutBody, json, reset, silence, text, type Answer } from '../../support/scripted-server.ts';
import { clientOf, cookie, EXEC, failureOf, RESULTS, scripted, temporaryFolder, TOKEN, UPLOAD } from './client.ts';
import { LISTEN } from './sse.ts';

const SECRETS = [TOKEN, 'sessionId', 's3cret-cookie', 'confidential words', '98,82et7yirh4', '82et7yirh4', 'job-77'];

/** An error in every form that a log, a crash report or a console may print. */
const rendered = (failure: Error): string =>
  [
    inspect(failure, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(failure),
    String(failure.stack),
    JSON.stringify(Object.getOwnPropertyDescriptors(failure)),
  ].join('\n');

const faults: readonly (readonly [string, Answer])[] = [
  ['refused', json(500, { error: `Bearer ${TOKEN}` }, cookie('s3cret-cookie'))],
  ['unauthorized', text(401, `Authentication failed for ${TOKEN}`, cookie('s3cret-cookie'))],
  ['unreadable', text(200, `confidential words ${TOKEN}`)],
  ['cut off', cutBody(500, '{"confidential words')],
  ['reset', reset],
  ['silent', silence],
  ['early', { early: reset }],
];

describe('an error', () => {
  it.each(faults)('of a call that was %s prints no secret in any format', async (_what, answer) => {
    const server = await scripted();
    for (const route of [EXEC, UPLOAD, RESULTS, 'GET /fid/*', LISTEN]) server.on(route, answer);
    const client = clientOf(server.origin, {
      timeouts: { response: 150, start: 150, stored: 150, idle: 150 },
    });
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, 'confidential words');
    const failures = [
      await failureOf(
        client.start((await client.openRunSession()).session, startBody('recipe-1', { text: 'confidential words' })),
      ),
      await failureOf(client.upload({ path, name: 'a.txt', size: 18 })),
      await failureOf(client.results('job-77')),
      await failureOf(client.download('98,82et7yirh4', `${path}.png`, { expectedSize: 1 })),
      await failureOf(client.listen({ session: { cookie: 'sessionId=s3cret-cookie' } })),
    ];
    for (const failure of failures) {
      expect(failure.cause).toBeUndefined();
      const shown = rendered(failure);
      for (const secret of SECRETS) expect(shown).not.toContain(secret);
    }
  });
});
