import { describe, expect, it } from 'vitest';
import { json, redirect, reply, silence, trickle, type Act } from '../../support/scripted-server.ts';
import { clientOf, failureOf, hurried, scripted } from './client.ts';

describe('the picture of a recipe', () => {
  const PICTURE = 'GET /fid/98,82et7yirh4';
  const png = Buffer.from('89504e470d0a1a0a', 'hex');

  it.each([
    ['a path', () => '/fid/98,82et7yirh4?width=64'],
    ['an address of the server', (origin: string) => `${origin}/fid/98,82et7yirh4?width=64`],
  ])('is fetched from %s, without token and cookie', async (_what, urlOn) => {
    const server = (await scripted()).on(PICTURE, reply(200, png));
    expect(await clientOf(server.origin).picture(urlOn(server.origin))).toEqual(png);
    expect(server.asked.map(({ url }) => url)).toEqual(['/fid/98,82et7yirh4?width=64']);
    expect(server.asked[0]?.headers).not.toHaveProperty('authorization');
    expect(server.asked[0]?.headers).not.toHaveProperty('cookie');
  });

  it('is not fetched from another host', async () => {
    const stranger = await scripted();
    const server = await scripted();
    const { host } = new URL(stranger.origin);
    const elsewhere = [
      'omni.png',
      'pictures/omni.png',
      '',
      stranger.origin,
      `//${host}/x.png`,
      `/\\${host}/x.png`,
      `\t//${host}/x.png`,
      `http://${new URL(server.origin).host}@${host}/x.png`,
      `${server.origin}.example.org/x.png`,
      'file:///etc/hostname',
      'data:image/png;base64,iVBORw0KGgo=',
      'https://',
    ];
    const client = clientOf(server.origin);
    for (const url of elsewhere) expect([url, await client.picture(url)]).toEqual([url, null]);
    expect([...stranger.asked, ...server.asked]).toEqual([]);
  });

  it.each<[string, Act, Readonly<Record<string, unknown>> & { readonly code: string }]>([
    ['is over 2 MiB', reply(200, Buffer.alloc(2_097_153)), { code: 'bad-reply', detail: 'size' }],
    ['is elsewhere', redirect('http://127.0.0.1:1/x.png'), { code: 'not-omnitool', detail: 'redirect' }],
    ['is gone', json(410, {}), { code: 'gone' }],
    ['never comes', silence, { code: 'timed-out' }],
    ['only trickles', trickle(20), { code: 'timed-out' }],
  ])('that %s fails', async (_what, answer, expected) => {
    const server = (await scripted()).on(PICTURE, answer);
    const client = clientOf(server.origin, hurried(expected, { picture: 1_000 }));
    const failure = await failureOf(client.picture('/fid/98,82et7yirh4'));
    expect(failure).toMatchObject(expected);
    expect(failure.message).not.toContain('82et7yirh4');
  });
});
