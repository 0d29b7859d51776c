import { describe, expect, it } from 'vitest';
import { sentView } from '../../../electron/core/export/sent.ts';
import { aRun } from '../../support/a-run.ts';
import { anInput } from '../../support/an-input.ts';

const run = {
  ...aRun(),
  takes: ['images', 'text'] as const,
  message: 'make it large',
  startedAt: 5,
  inputs: [
    anInput(),
    anInput({ position: 1, kind: 'link', name: 'x.test', path: null, text: 'https://x.test', fid: null }),
    anInput({ position: 2, name: '写真.png', fid: null, sha256: null, mime: null }),
    anInput({ position: 3, kind: 'document', name: 'unused.pdf' }),
  ],
};

describe('sentView', () => {
  it('lists the uploads and the start in the order of sending', () => {
    const { start, requests } = sentView(run);
    expect(start).toBe('taken');
    expect(requests.map(({ method, path, file }) => [method, path, file])).toEqual([
      ['POST', '/fid', 'harbour.png'],
      ['POST', '/fid', '写真.png'],
      ['POST', '/api/v1/workflow/exec', null],
    ]);
    expect(requests[0]?.body).toBe('name: harbour.png\nsize: 2 KB\ntype: image/png\nSHA-256: c0ffee');
    expect(requests[1]?.body).toMatch(/^name: [\x20-\x7e]+ \(here: 写真\.png\)\nsize: 2 KB$/);
    expect(JSON.parse(requests[2]?.body ?? '')).toEqual({
      workflow: 'recipe-1',
      args: {
        text: 'make it large\n\nhttps://x.test',
        images: [{ fid: '<id of harbour.png>' }, { fid: '<id of 写真.png>' }],
      },
    });
  });

  it('never holds the server’s ids of files', () => {
    expect(JSON.stringify(sentView(run))).not.toContain('wjvq5f2y1e');
  });

  it('cuts a text of megabytes and states the cut', () => {
    const [start] = sentView({ ...run, inputs: [], message: 'x'.repeat(1_000_000) }).requests;
    expect(start?.body).toHaveLength(20_000);
    expect(start?.cut).toBeGreaterThan(980_000);
  });
});
