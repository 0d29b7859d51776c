/** The practice server's replies beside those of a real one: status, headers, exact errors, the shape of the rest. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECIPE } from '../../../electron/practice/recipes/ids.ts';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type Exchange, exchanges, type Part, RECORDINGS_LACK, shape } from './recorded.ts';
import { needs } from '../../support/needs.ts';
import {
  type Answer,
  cookieOf,
  data,
  ENDED,
  field,
  fields,
  list,
  send,
  textAt,
  Visitor,
} from '../../support/wire/visitor.ts';

const ECHO_TEXT = 'd0bbc02b-e34a-4826-b2ec-354cdbc42641';
const ECHO_ALL = '516d2470-9733-4224-93b9-4b89695123e8';
const TWO_MISSING = '9078e6b5174a3f5ef1e6d582be007e115ec3';

describe('compared with a real server', () => {
  needs(RECORDINGS_LACK);
  let server: PracticeServer;
  let placeholders: Map<string, string>;

  beforeAll(async () => {
    server = await startPracticeServer();
    const weak = await server.mintToken({ scopes: [{ action: 'read', subject: 'Workflow' }] });
    const other = await server.mintToken({ user: 'other' });
    placeholders = new Map([
      ['<token>', server.token],
      ['<expired-token>', await server.mintToken({ lifetimeSeconds: -10 })],
      ['<weak-token>', weak],
      ['<other-user-token>', other],
      ['<cookie>', (await Visitor.enter(server)).cookie],
      ['<weak-cookie>', (await Visitor.enter(server, weak)).cookie],
      ['<other-user-cookie>', (await Visitor.enter(server, other)).cookie],
      ['<forged-cookie>', 'sessionId=forged.forged'],
      ['<logged-out-cookie>', 'sessionId=ended.ended'],
    ]);
  });
  afterAll(() => server.close());

  const filled = (value: string): string => value.replace(/<[a-z-]+>/g, (name) => placeholders.get(name) ?? name);
  const mapped = (value: string): string =>
    value.replaceAll(ECHO_TEXT, RECIPE.echo).replaceAll(ECHO_ALL, RECIPE.echo).replaceAll(TWO_MISSING, RECIPE.ghost);

  const replay = async ({ request }: Exchange): Promise<Answer> => {
    const headers = Object.fromEntries(
      Object.entries(request.headers ?? {}).map(([name, value]) => [name, filled(value)]),
    );
    if (typeof request.body === 'object') {
      return send(server.origin, 'POST', request.path, multipart(request.body.multipart, headers));
    }
    const body = request.body === undefined ? {} : { body: mapped(request.body) };
    return send(server.origin, request.method, mapped(request.path), { headers, ...body });
  };

  const sameErrorsAndShapes = async (exchange: Exchange): Promise<void> => {
    const answer = await replay(exchange);
    const { response, request } = exchange;
    const about = `${request.method} ${request.path} ${JSON.stringify(request.headers)} ${JSON.stringify(request.body)}`;
    expect({ about, status: answer.status }).toEqual({ about, status: response.status });
    expect({ about, headers: headerNames(answer.headers) }).toEqual({ about, headers: headerNames(response.headers) });
    expect(answer.headers.get('content-type') ?? undefined).toBe(response.headers['content-type']);
    if (response.status !== 200) expect({ about, body: answer.text }).toEqual({ about, body: response.body });
    else if (response.body?.startsWith('{"jobs"')) expect(answer.text).toMatch(/^{"jobs":\[/);
    else if (response.body !== '' && response.headers['content-type']?.startsWith('application/json')) {
      expect({ about, body: shape(data(answer)) }).toEqual({ about, body: shape(JSON.parse(response.body ?? '')) });
    } else expect(answer.text).toBe(response.body);
  };

  it.each(['version-ping', 'exec-ok-and-refusals', 'ghost-job', 'token-renew'])('%s', async (name) => {
    for (const exchange of exchanges(name)) await sameErrorsAndShapes(exchange);
  });

  it('auth-failures', async () => {
    for (const exchange of exchanges('auth-failures')) {
      if (exchange.request.headers?.authorization === '') continue; // an empty header is not sent by fetch
      await sameErrorsAndShapes(exchange);
    }
    placeholders.set('<cookie>', (await Visitor.enter(server)).cookie); // it was logged out
  });

  it('the job list, by its fields and order', async () => {
    const visitor = await Visitor.enter(server);
    await visitor.start(RECIPE.echo, {});
    const recorded: unknown = JSON.parse(exchanges('jobs-list').at(-1)?.response.body ?? '');
    const [theirs, ours] = [recorded, data(await visitor.get('/api/v1/workflow/jobs'))].map(firstOfOnlyList);
    expect(fields(ours)).toEqual(fields(theirs));
  });

  it('collection-list: status, errors, and the fields of an item', async () => {
    for (const exchange of exchanges('collection-list')) {
      const answer = await replay(exchange);
      expect(answer.status).toBe(exchange.response.status);
      const theirs: string = exchange.response.body ?? '';
      if (answer.status !== 200 || theirs.length < 20) expect(answer.text).toBe(theirs);
      else {
        const [first, second] = [JSON.parse(theirs) as unknown, data(answer)].map(firstOfOnlyList);
        if (second === undefined) continue; // a page that this server's shorter list does not have
        expect(fields(second)).toEqual(fields(first));
        const wanted = fields(field(first, 'value')).filter((key) => key !== 'pictureUrl');
        const given = fields(field(second, 'value')).filter((key) => key !== 'pictureUrl');
        if (given.length > 0) expect(given).toEqual(wanted);
      }
    }
  });

  it('load-recipe: the same blocks, flags and refusals', async () => {
    for (const exchange of exchanges('load-recipe')) {
      const { path } = exchange.request;
      if (!path.includes(ECHO_ALL) && !path.includes('1111-1111') && exchange.response.status === 200) continue;
      const answer = await replay(exchange);
      expect(answer.status).toBe(exchange.response.status);
      if (answer.status !== 200) expect(answer.text).toBe(exchange.response.body);
      else {
        const theirs: unknown = JSON.parse(exchange.response.body ?? '');
        expect(blocksOf(data(answer))).toEqual(blocksOf(theirs));
        expect(keysOf(data(answer))).toEqual(keysOf(theirs));
      }
    }
  });

  it('upload, fid and results: the same files', async () => {
    const fids = new Map<string, string>();
    for (const exchange of exchanges('upload')) {
      const answer = await replay(exchange);
      expect(answer.status).toBe(exchange.response.status);
      if (answer.status !== 200) expect(answer.text).toBe(exchange.response.body);
      else {
        const theirs = list(JSON.parse(exchange.response.body ?? ''));
        const ours = list(data(answer));
        expect(ours.map(comparable)).toEqual(theirs.map(comparable));
        for (const [index, entry] of theirs.entries()) fids.set(textAt(entry, 'fid'), textAt(ours[index], 'fid'));
      }
    }
    for (const exchange of exchanges('fid')) await sameDownload(server, exchange, fids);
    await sameResults(server, fids);
  });

  it('stop: every reply, and the states of the jobs', async () => {
    const visitor = await Visitor.enter(server);
    server.holdWaits();
    const running = await visitor.start(RECIPE.slowSteps, { text: 'steps=2' });
    const done = await visitor.start(RECIPE.echo, {});
    await expect.poll(() => visitor.stateOf(done)).toBe('success');
    const ids: readonly [string, string][] = [
      ['fd6ada37-9d88-4481-8c83-79f9904c049c', running],
      ['e7314784-ab6e-4d47-aaca-60ca0b178b85', done],
    ];
    const named = (value: string) => ids.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), value);
    for (const { request, response } of exchanges('stop')) {
      if (response.body?.includes('"stopped"')) {
        server.finishWaits();
        await expect.poll(() => visitor.stateOf(running)).toBe('stopped');
      }
      const body = typeof request.body === 'string' ? { body: named(request.body) } : {};
      const headers = { ...request.headers };
      for (const [name, value] of Object.entries(headers)) headers[name] = filled(value);
      const answer = await send(server.origin, request.method, named(request.path), { headers, ...body });
      expect(answer.status).toBe(response.status);
      if (request.path.endsWith('/jobs')) expect(answer.text).toContain(statesOf(response.body ?? '', named));
      else expect(answer.text).toBe(response.body);
    }
  });
});

/** Our part of a recorded list: both jobs with their states, without the user. */
function statesOf(body: string, named: (value: string) => string): string {
  const state = /"fd6ada37[^"]*","state":"(\w+)"/.exec(body)?.[1] ?? '';
  return `"id":"${named('fd6ada37-9d88-4481-8c83-79f9904c049c')}","state":"${state}"`;
}

function headerNames(headers: Headers | Readonly<Record<string, string>>): readonly string[] {
  const names = headers instanceof Headers ? [...headers.keys()] : Object.keys(headers);
  return names.map((name) => name.toLowerCase()).sort();
}

function multipart(parts: readonly Part[], headers: Readonly<Record<string, string>>) {
  const chunks = parts.flatMap(({ name, value, filename, type, base64 }) => {
    const file = filename === undefined ? '' : `; filename="${filename.replaceAll('"', '\\"')}"`;
    const head = `--b0undary\r\ncontent-disposition: form-data; name="${name}"${file}\r\n`;
    const typed = type === undefined ? '' : `content-type: ${type}\r\n`;
    return [
      Buffer.from(`${head}${typed}\r\n`),
      Buffer.from(value ?? base64 ?? '', value === undefined ? 'base64' : 'utf8'),
      Buffer.from('\r\n'),
    ];
  });
  const body = new Uint8Array(Buffer.concat([...chunks, Buffer.from('--b0undary--\r\n')]));
  return { headers: { ...headers, 'content-type': 'multipart/form-data; boundary=b0undary' }, body };
}

/** An upload entry without what differs from server to server; the order of the fields counts. */
function comparable(entry: unknown): string {
  return JSON.stringify(entry, (key, value: unknown) => {
    if (['fid', 'url', 'publicUrl', 'created', 'reason'].includes(key)) return typeof value;
    if (key === 'expires') return value === Number.MAX_SAFE_INTEGER ? 'never' : 'in time';
    return key === 'furl' ? String(value).replace(/^fid:\/\/[^.]*/, '') : value;
  });
}

/** The first item of the one list in an answer: `{jobs: [..]}`, `{items: [..]}`, `{models: [..]}`. */
const firstOfOnlyList = (value: unknown): unknown =>
  fields(value)
    .map((name) => field(value, name))
    .find((item): item is readonly unknown[] => Array.isArray(item))?.[0];

const blocksOf = (loaded: unknown): unknown => field(field(loaded, 'workflow'), 'rete');
const keysOf = (loaded: unknown) => {
  const workflow = field(loaded, 'workflow');
  return [fields(loaded), fields(workflow), fields(field(workflow, 'meta')), field(loaded, 'flags')];
};

async function sameDownload(server: PracticeServer, exchange: Exchange, fids: ReadonlyMap<string, string>) {
  const { request, response } = exchange;
  const [theirs = ''] = /\d\d(?:,|%2C)\w{10}/.exec(request.path) ?? [];
  const ours = fids.get(theirs.replace('%2C', ',')) ?? theirs;
  const path = request.path.replace(theirs, theirs.includes('%2C') ? ours.replace(',', '%2C') : ours);
  const got = await rawGet(server.origin, request.method, path);
  const about = `${request.method} ${path}`;
  expect({ about, status: got.status }).toEqual({ about, status: response.status });
  const thumbnail =
    path.includes('width=') && (response.headers['content-length'] ?? '') !== '52' && response.status !== 422;
  const told = (headers: Readonly<Record<string, string>>) =>
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !['date', 'set-cookie', 'etag'].includes(name) && !(thumbnail && name === 'content-length'))
      .filter(([name]) => !(path.includes('obj=true') && name === 'content-length'))
      .sort();
  expect({ about, headers: told(got.headers) }).toEqual({ about, headers: told(response.headers) });
  if (path.includes('obj=true') && response.status === 200) {
    expect(comparable(JSON.parse(got.body.toString()))).toBe(comparable(JSON.parse(response.body ?? '')));
  } else if (!thumbnail || response.status !== 200) {
    const body =
      response.bodyBase64 === undefined ? Buffer.from(response.body ?? '') : Buffer.from(response.bodyBase64, 'base64');
    expect({ about, body: got.body.equals(body) || got.body.toString() }).toEqual({ about, body: true });
  } else expect([got.body.readUInt32BE(16), got.body.readUInt32BE(20)]).toEqual([32, 32]);
  if (response.socket !== undefined)
    expect({ about, bytes: thumbnail || got.body.length }).toEqual({
      about,
      bytes: thumbnail || response.socket.bodyBytes,
    });
}

/** A reply as a bare socket sees it: all that comes within the length announced or, where that lies, all there is. */
async function rawGet(origin: string, method: string, path: string) {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  let all = Buffer.alloc(0);
  const whole = () => {
    const end = all.indexOf('\r\n\r\n');
    if (end < 0) return false;
    const head = all.toString('latin1', 0, end);
    const announced = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    const lies = head.startsWith('HTTP/1.1 500');
    return method === 'HEAD' || (lies ? all.toString().endsWith('"}') : all.length - end - 4 >= announced);
  };
  for await (const chunk of socket) {
    all = Buffer.concat([all, chunk as Buffer]);
    if (whole()) break;
  }
  const end = all.indexOf('\r\n\r\n');
  const [first = '', ...lines] = all.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(first.split(' ')[1]), headers, body: all.subarray(end + 4) };
}

async function sameResults(server: PracticeServer, fids: ReadonlyMap<string, string>) {
  const visitor = await Visitor.enter(server);
  const [, full, , empty] = exchanges('results').map(({ response }) => response.body ?? '');
  const fid = (theirs: string) => ({ fid: fids.get(theirs) });
  const run = async (args: Readonly<Record<string, unknown>>) => {
    const jobId = await visitor.start(RECIPE.echo, args);
    await expect.poll(() => visitor.stateOf(jobId)).toSatisfy((state: string | undefined) => ENDED.includes(state));
    return data(await visitor.result(jobId));
  };
  const given = await run({
    text: 'All kinds',
    json: { a: 1, b: ['x'] },
    images: [fid('11,tz8hnpms3x')],
    audio: [fid('24,oq0n63limf')],
    video: [fid('48,qw3ie5fmld')],
    documents: [fid('22,4v154cncjt'), fid('78,dlank3vvlk')],
  });
  expect(shape(given)).toEqual(shape(JSON.parse(full ?? '')));
  expect(shape(await run({}))).toEqual(shape(JSON.parse(empty ?? '')));
  expect(cookieOf(await visitor.get('/version'))).toBe(visitor.cookie);
}
