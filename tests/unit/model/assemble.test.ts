import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTACHMENT_KINDS, INPUT_KINDS } from '../../../electron/contract/views.ts';
import { assembleArgs, isUploaded, type Sendable, type Takes } from '../../../electron/core/model/assemble.ts';
import { usedIn } from '../../../electron/contract/form-files.ts';
import { type Placeable, placeOf } from '../../../electron/contract/kinds.ts';
import { JsonText } from '../../../electron/core/omnitool/start-body.ts';

const aThing = (kind: Placeable['kind']): Placeable & { readonly field: null } => ({
  kind,
  field: null,
  mime: kind === 'image' ? 'image/png' : null,
  sendAs: null,
});
const uploaded = (kind: Sendable['kind'], fid: string | null, text: string | null = null): Sendable => ({
  ...aThing(kind),
  name: kind,
  fid,
  size: 7,
  text,
});
const pasted = (text: string, kind: Sendable['kind'] = 'text'): Sendable => uploaded(kind, null, text);

/** The arguments of a recipe without a form. */
const argsOf = (inputs: readonly Sendable[], message: string, takes: Takes) =>
  assembleArgs({ inputs, message, takes, form: null });

describe('assembleArgs', () => {
  it('puts each kind under the server’s argument, files by id, in their order', () => {
    const inputs = [
      uploaded('image', '1,a'),
      uploaded('document', '1,b'),
      uploaded('audio', '1,c'),
      uploaded('image', '1,d'),
      uploaded('video', '1,e'),
      pasted('{"n":1}', 'json'),
    ];
    expect(argsOf(inputs, 'hello', null)).toEqual({
      text: 'hello',
      json: new JsonText('{"n":1}'),
      images: [{ fid: '1,a' }, { fid: '1,d' }],
      audio: [{ fid: '1,c' }],
      video: [{ fid: '1,e' }],
      documents: [{ fid: '1,b' }],
    });
  });

  it('joins the message, then texts and links', () => {
    const inputs = [pasted('one'), pasted('https://example.org/', 'link'), pasted('two\n')];
    expect(argsOf(inputs, 'message', null)).toEqual({ text: 'message\n\none\n\nhttps://example.org/\n\ntwo\n' });
    expect(argsOf([pasted('one')], ' ', null)).toEqual({ text: 'one' });
  });

  it('sends several values as a list', () => {
    expect(argsOf([pasted('[1]', 'json'), pasted('{"a":1}', 'json')], '', ['json'])).toEqual({
      json: new JsonText('[[1],{"a":1}]'),
    });
    expect(argsOf([pasted('[1]', 'json')], '', ['json'])).toEqual({
      json: new JsonText('[1]'),
    });
  });

  it('sends a JSON file as a document to a recipe that takes documents and no values', () => {
    expect(argsOf([uploaded('json', '1,a', '{}')], 'x', ['documents'])).toEqual({ documents: [{ fid: '1,a' }] });
    expect(argsOf([uploaded('json', '1,a', '{}')], 'x', ['documents', 'json'])).toEqual({
      json: new JsonText('{}'),
    });
  });

  it('leaves out what the recipe does not take', () => {
    const inputs = [uploaded('image', '1,a'), pasted('words'), pasted('{}', 'json')];
    expect(argsOf(inputs, 'message', ['images'])).toEqual({ images: [{ fid: '1,a' }] });
    expect(argsOf(inputs, 'message', [])).toEqual({});
    expect(argsOf([], '', null)).toEqual({});
  });

  it('throws for a file that was not uploaded', () => {
    expect(() => argsOf([uploaded('image', null)], '', null)).toThrow(/not uploaded/);
    expect(() => argsOf([uploaded('json', '1,a')], '', null)).toThrow(/no text/);
  });

  it.each([
    ['too-deep', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
    ['invalid-json', '{oops'],
  ])('names data that cannot be sent: %s', (problem, text) => {
    expect(() => argsOf([{ ...pasted(text, 'json'), name: 'deep.json' }], '', null)).toThrow(
      expect.objectContaining({ problem, detail: 'deep.json' }) as Error,
    );
  });
});

const kinds = fc.constantFrom(...ATTACHMENT_KINDS);
const takes: fc.Arbitrary<Takes> = fc.option(fc.uniqueArray(fc.constantFrom(...INPUT_KINDS)));

describe('any inputs for any recipe', () => {
  it('has only arguments that the recipe takes, and none that makes a job fail', () => {
    fc.assert(
      fc.property(fc.array(kinds), fc.string(), takes, (list, message, taken) => {
        const inputs = list.map((kind) => uploaded(kind, '1,a', '{}'));
        const keys = Object.keys(argsOf(inputs, message, taken));
        expect((taken ?? INPUT_KINDS) as readonly string[]).toEqual(expect.arrayContaining(keys));
        expect(keys).not.toContain('error');
      }),
    );
  });

  it('is either used or ignored, and uploaded only when used', () => {
    fc.assert(
      fc.property(fc.array(kinds), takes, (list, taken) => {
        const attachments = list.map((kind, id) => ({ ...aThing(kind), id }));
        const used = usedIn({ takes: taken, form: null, values: {} }, attachments, 'together');
        const ignored = attachments.filter((each) => !used.includes(each));
        expect([...used, ...ignored].sort((a, b) => a.id - b.id)).toEqual(attachments);
        for (const thing of ignored) expect(isUploaded(thing, taken)).toBe(false);
        if (taken === null) expect(ignored).toEqual([]);
      }),
    );
  });

  it('is uploaded when it is a file and not a value', () => {
    expect(ATTACHMENT_KINDS.filter((kind) => isUploaded(aThing(kind), null))).toEqual([
      'image',
      'audio',
      'video',
      'document',
    ]);
    expect([placeOf(aThing('json'), ['documents']), isUploaded(aThing('json'), ['documents'])]).toEqual([
      'documents',
      true,
    ]);
    expect([placeOf(aThing('link'), ['text']), isUploaded(aThing('link'), ['text'])]).toEqual(['text', false]);
    expect(placeOf(aThing('document'), ['text'])).toBeNull();
  });
});
