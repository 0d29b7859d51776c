import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleArgs } from '../../../electron/core/model/assemble.ts';
import { JsonText, startBody, startText } from '../../../electron/core/omnitool/start-body.ts';

const data = (text: string, name = 'data.json') =>
  ({ kind: 'json', name, mime: 'application/json', sendAs: null, field: null, fid: null, size: 7, text }) as const;

describe('the body of a start', () => {
  it.each([
    ['a number that no program of ours can hold', '{"id": 9007199254740993}'],
    ['a number beyond every limit', '{"n": 1E400, "m": -0.0, "x": 1.10}'],
    ['a key that is there twice', '{"a": 1, "a": 2}'],
    ['its own layout', '{\n\t"a" : [ 1,\r\n 2 ]\n}\n'],
    ['escapes as they are written', '{"\\u0061": "\\ud83d\\ude00 \\/"}'],
  ])('holds data unchanged: %s', (_, text) => {
    const body = startBody('r1', assembleArgs({ inputs: [data(text)], message: '', takes: null, form: null })).toString(
      'utf8',
    );
    expect(body).toBe(`{"workflow":"r1","args":{"json":${text}}}`);
  });

  it('holds several data as one list, each unchanged', () => {
    const args = assembleArgs({
      inputs: [data('{"n": 1e400}'), data('[9007199254740993]')],
      message: '',
      takes: ['json'],
      form: null,
    });
    expect(startText('r1', args)).toBe('{"workflow":"r1","args":{"json":[{"n": 1e400},[9007199254740993]]}}');
  });

  it('removes a byte order mark', () => {
    expect(
      startText('r1', assembleArgs({ inputs: [data('\uFEFF{"a":1}')], message: '', takes: null, form: null })),
    ).toBe('{"workflow":"r1","args":{"json":{"a":1}}}');
  });

  it('refuses text as data when it would add arguments', () => {
    expect(() => assembleArgs({ inputs: [data('{},"error":{}')], message: '', takes: null, form: null })).toThrow(
      'invalid-json',
    );
  });

  it('parses to the given value, indented or not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.string({ minLength: 1 }), (value, text, id) => {
        const args = { text, json: new JsonText(JSON.stringify(value)), images: [{ fid: '1,a' }] };
        const expected: unknown = JSON.parse(JSON.stringify({ workflow: id, args: { ...args, json: value } }));
        for (const indent of ['', '  ']) expect(JSON.parse(startText(id, args, indent))).toEqual(expected);
      }),
    );
    expect(startText('r1', {}, '  ')).toBe('{\n  "workflow": "r1",\n  "args": {}\n}');
    expect(startText('r1', {})).toBe('{"workflow":"r1","args":{}}');
  });

  it('is indented like JSON', () => {
    const args = { text: 'a\nb', images: [{ fid: '1,a' }] };
    expect(startText('r1', args, '  ')).toBe(JSON.stringify({ workflow: 'r1', args }, null, 2));
  });
});
