import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choicesOf, isRiskyImage, placeOf } from '../../../electron/contract/kinds.ts';
import { INPUT_KINDS } from '../../../electron/contract/views.ts';
import { thingWords } from '../../../electron/contract/text/kinds.ts';
import { assembleArgs, isUploaded } from '../../../electron/core/model/assemble.ts';
import type { Attachment } from '../../../electron/core/model/attachment.ts';
import { fileAttachment, isConvertible } from '../../../electron/core/model/attachments.ts';
import { inspectPath } from '../../../electron/core/intake/inspect.ts';
import { CORPUS, type CorpusFile } from '../../support/file-corpus.ts';

let folder: string;
const things = new Map<string, Attachment>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-corpus-'));
  for (const { name, bytes } of CORPUS) {
    writeFileSync(join(folder, name), bytes);
    things.set(name, fileAttachment(name, await inspectPath(join(folder, name))));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

function thing(name: string): Attachment {
  const found = things.get(name);
  if (found === undefined) throw new Error(`${name} is not in the corpus.`);
  return found;
}

const each = CORPUS.map((file) => [file.name, file] as const);

/** Every set of kinds that a recipe can take. */
const SHAPES = Array.from({ length: 2 ** INPUT_KINDS.length }, (_, bits) =>
  INPUT_KINDS.filter((_kind, index) => (bits >> index) % 2 === 1),
);

describe('each real file', () => {
  it.each(each)('%s has its kind and no problem', (name, { words }: CorpusFile) => {
    expect(thingWords(thing(name))).toBe(words);
    expect(thing(name).problem).toBeNull();
  });

  it.each(each)('%s can be sent under every argument that the server accepts', (name, { choices }: CorpusFile) => {
    expect(choicesOf(thing(name), null)).toEqual(choices);
    for (const takes of SHAPES) {
      const possible = choices.filter((choice) => takes.some((taken) => taken === choice));
      expect(choicesOf(thing(name), takes)).toEqual(possible);
      if (takes.includes('documents')) expect(possible).toContain('documents');
    }
  });

  it.each(each)('%s goes under the chosen argument for any recipe that takes it', (name) => {
    for (const takes of SHAPES) {
      for (const place of choicesOf(thing(name), takes)) {
        const chosen = { ...thing(name), sendAs: place, fid: '1,a' };
        expect(placeOf(chosen, takes)).toBe(place);
        expect(isUploaded(chosen, takes)).toBe(place !== 'json');
        expect(Object.keys(assembleArgs({ inputs: [chosen], message: '', takes: takes, form: null }))).toEqual([place]);
      }
    }
  });

  it.each(each)('%s never goes under an argument that the recipe does not take', (name) => {
    for (const takes of SHAPES) {
      for (const sendAs of [null, ...INPUT_KINDS]) {
        const place = placeOf({ ...thing(name), sendAs }, takes);
        if (place !== null) expect(takes).toContain(place);
        expect(place).not.toBe('text');
      }
    }
  });
});

describe('a conversion', () => {
  it('is offered for pictures that a page can draw, and for no other file', () => {
    const offered = CORPUS.map(({ name }) => name).filter((name) => isConvertible(thing(name)));
    expect(offered).toEqual(['a.bmp', 'a.ico', 'a.svg', 'a.avif']);
  });

  it('depends on the argument: as a document the same picture needs none', () => {
    expect(isRiskyImage(thing('a.heic'), 'images')).toBe(true);
    expect(isRiskyImage(thing('a.heic'), 'documents')).toBe(false);
    expect(isRiskyImage(thing('a.png'), 'images')).toBe(false);
  });
});

describe('without a chosen argument', () => {
  it('a common picture is not sent to a recipe for documents, and a scan is', () => {
    expect(placeOf(thing('a.jpg'), ['documents'])).toBeNull();
    expect(placeOf(thing('a.tiff'), ['documents'])).toBe('documents');
    expect(placeOf(thing('a.tiff'), ['images', 'documents'])).toBe('images');
    expect(placeOf(thing('a.dwg'), ['images'])).toBeNull();
  });
});
