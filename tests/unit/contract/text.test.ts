import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../electron/contract/errors.ts';
import {
  ATTACHMENT_KINDS,
  type AttachmentProblem,
  INPUT_KINDS,
  OUTPUT_KINDS,
  RUN_REASON_NAMES,
  RUN_STATES,
  type RunView,
  type TokenView,
} from '../../../electron/contract/views.ts';
import { batchWords } from '../../../electron/contract/text/batches.ts';
import { attachmentProblemWords } from '../../../electron/contract/text/files.ts';
import {
  dayWords,
  durationWords,
  elapsedWords,
  listWords,
  middleTruncate,
  sizeWords,
  timeWords,
} from '../../../electron/contract/formats.ts';
import { errorWords } from '../../../electron/contract/text/errors.ts';
import { inputKindWords, outputKindWords } from '../../../electron/contract/text/recipes.ts';
import { kindWords } from '../../../electron/contract/text/kinds.ts';
import {
  runEndWords,
  runGaveWords,
  runInputsWords,
  runStateWords,
  runSummaryWords,
} from '../../../electron/contract/text/runs.ts';
import { tokenWords } from '../../../electron/contract/text/tokens.ts';

const at = (year: number, month: number, day: number, hour = 12, minute = 0): number =>
  new Date(year, month - 1, day, hour, minute).getTime();

const BANNED = /[!]|error:|oops|sorry|invalid input|workflow(?!\s\d)|undefined|null/i;

/** Whole sentences without exclamation marks, blame and internal words. */
function expectPlain(text: string): void {
  expect(text).toMatch(/^\S.*[.]$/u);
  expect(text.replaceAll('/generateJwtToken exec Workflow 2592000', '')).not.toMatch(BANNED);
}

describe('errorWords', () => {
  it.each(ERROR_CODES)('%s has a title and a next step, with and without its detail', (code) => {
    for (const detail of [null, 'omni.example.org']) {
      const words = errorWords({ code, detail });
      expectPlain(words.title);
      expectPlain(words.next);
    }
  });

  it('names the file or server that it concerns', () => {
    expect(errorWords({ code: 'unreachable', detail: 'omni.example.org' }).title).toBe(
      'omni.example.org does not answer.',
    );
    expect(errorWords({ code: 'unreachable', detail: null }).title).toBe('The server does not answer.');
    expect(errorWords({ code: 'file-vanished', detail: 'a.png' }).title).toBe('a.png is no longer where it was.');
  });
});

describe('runStateWords', () => {
  it.each(RUN_STATES)('%s has a label and a sentence', (state) => {
    const words = runStateWords(state, null, null);
    expect(words.label).toMatch(/^[A-Z][a-z ]+$/);
    expectPlain(words.sentence);
  });

  it.each(RUN_REASON_NAMES)('the reason %s has its own sentence', (reason) => {
    for (const detail of [null, 'terms 2026.pdf']) {
      const words = runStateWords('failed', reason, detail);
      expectPlain(words.sentence);
      expect(words.sentence).not.toBe(runStateWords('failed', null, null).sentence);
      if (words.next !== null) expectPlain(words.next);
    }
  });

  it('says done only for runs that are known to be', () => {
    for (const state of RUN_STATES.filter((each) => each !== 'succeeded' && each !== 'empty')) {
      const { label, sentence, next } = runStateWords(state, null, null);
      expect([label, sentence, next, runEndWords({ ...run, state })].join(' ')).not.toMatch(/\b(is|has) done\b|^Done/i);
      expect(batchWords([{ state, reason: null }])).not.toMatch(/^1 done/);
    }
  });

  it('does not say done when the chat answer is cut', () => {
    for (const state of ['succeeded', 'empty'] as const) {
      const { label, sentence, next } = runStateWords(state, 'answer-cut', null);
      expect(label).toBe('Answer cut');
      const told = [label, sentence, next, runEndWords({ ...run, state, reason: 'answer-cut' })];
      expect(told.join(' ')).not.toMatch(/\bdone\b/i);
    }
    expect(
      batchWords([
        { state: 'succeeded', reason: 'answer-cut' },
        { state: 'succeeded', reason: null },
      ]),
    ).toBe('1 answer cut and 1 done');
  });
});

const run: Pick<RunView, 'recipeName' | 'state' | 'reason' | 'gave' | 'inputs' | 'excerpt'> = {
  reason: null,
  recipeName: 'Summarise',
  state: 'succeeded',
  gave: { texts: 1, objects: 0, messages: 0, files: 2 },
  inputs: [
    { kind: 'image', name: 'holiday.jpg', size: 1 },
    { kind: 'image', name: 'harbour.png', size: 2 },
  ],
  excerpt: 'Keep the grain',
};

describe('the texts of a run', () => {
  it('list its inputs', () => {
    expect(runInputsWords(run)).toBe('holiday.jpg and 1 more');
    expect(runInputsWords({ ...run, inputs: [] })).toBe('Keep the grain');
    expect(runInputsWords({ inputs: [], excerpt: null })).toBe('No files');
  });

  it('list its outputs', () => {
    expect(runGaveWords(run)).toBe('1 text and 2 files');
    expect(runGaveWords({ gave: { texts: 0, objects: 0, messages: 0, files: 0 } })).toBeNull();
    expect(runGaveWords({ gave: null })).toBeNull();
  });

  it('summarise it in a line, and describe its end', () => {
    expect(runSummaryWords(run)).toBe('holiday.jpg and 1 more: 1 text and 2 files');
    expect(runSummaryWords({ ...run, gave: null })).toBe('holiday.jpg and 1 more');
    expect(runEndWords(run)).toBe('Summarise is done');
    expect(runEndWords({ ...run, state: 'running' })).toBeNull();
  });
});

describe('kinds', () => {
  it('are counted', () => {
    expect(kindWords('image', 1)).toBe('1 image');
    expect(kindWords('audio', 2)).toBe('2 audio files');
    for (const kind of ATTACHMENT_KINDS) expect(kindWords(kind, 2)).toMatch(/^2 [a-z ]+s$/);
    for (const kind of INPUT_KINDS) expect(inputKindWords(kind)).toMatch(/^[a-z]+$/);
    for (const kind of OUTPUT_KINDS) expect(outputKindWords(kind)).toMatch(/^[a-z]+$/);
  });

  it('are listed', () => {
    expect(listWords([])).toBe('');
    expect(listWords(['text'])).toBe('text');
    expect(listWords(['images', 'audio', 'text'])).toBe('images, audio and text');
  });

  it.each([
    'unreadable',
    'refused',
    'busy',
    'crowded',
    'broken',
    'path',
    'vanished',
    'empty',
    'too-large',
    'unanswered',
    'looking',
    'folder',
    'not-a-file',
    'invalid-json',
    'too-deep',
  ] as const)('explain why an attachment is %s', (problem: AttachmentProblem) => {
    const words = attachmentProblemWords(problem, 'a.png');
    expectPlain(words);
    expect(words).toContain('a.png');
    // Below the name of the file the text begins with "This".
    expect(words.startsWith('a.png')).toBe(true);
  });
});

describe('sizeWords', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [512, '512 bytes'],
    [1_024, '1 KB'],
    [1_023 * 1_024, '1 MB'],
    [2_202_010, '2.1 MB'],
    [33_554_432, '32 MB'],
    [5 * 1_024 ** 4, '5 TB'],
  ])('%d is %s', (bytes, words) => {
    expect(sizeWords(bytes)).toBe(words);
  });
});

describe('durations', () => {
  it.each([
    [-5, 'less than 0.1 s'],
    [0, 'less than 0.1 s'],
    [49, 'less than 0.1 s'],
    [50, '0.1 s'],
    [420, '0.4 s'],
    [48_000, '48 s'],
    [59_700, '1 min'],
    [125_000, '2 min 5 s'],
    [3_840_000, '1 h 4 min'],
    [3 * 86_400_000, '3 days'],
  ])('%d ms is %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it('of a running job are shown like a clock', () => {
    expect(elapsedWords(6_900)).toBe('0:06');
    expect(elapsedWords(3_725_000)).toBe('1:02:05');
    expect(elapsedWords(33 * 3_600_000)).toBe('1 d 9 h');
  });
});

describe('days and times', () => {
  const now = at(2026, 11, 23, 14, 5);

  it('are today and yesterday for near days', () => {
    expect(dayWords(at(2026, 11, 23, 0, 1), now)).toBe('today');
    expect(dayWords(at(2026, 11, 22, 23, 59), now)).toBe('yesterday');
    expect(dayWords(at(2026, 11, 21), now)).toBe('21 November');
    expect(dayWords(at(2025, 11, 23), now)).toBe('23 November 2025');
  });

  it('include the day only when it is not today', () => {
    expect(timeWords(at(2026, 11, 23, 9, 7), now)).toBe('09:07');
    expect(timeWords(at(2026, 11, 22, 9, 7), now)).toBe('yesterday 09:07');
  });
});

describe('tokenWords', () => {
  const now = at(2026, 11, 23);
  const token: TokenView = { issuedAt: now, expiresAt: at(2026, 12, 23), expired: false, mayRun: 'every-recipe' };

  it('says until when and for what the token is valid', () => {
    expect(tokenWords(token, now)).toBe('Valid until 23 December, 30 days. May run every recipe.');
    expect(tokenWords({ ...token, expiresAt: now + 3 * 3_600_000 }, now)).toBe(
      'Valid until today, 3 hours. May run every recipe.',
    );
    expect(tokenWords({ ...token, expiresAt: null, mayRun: 'nothing' }, now)).toBe(
      'Has no end date. May not run recipes.',
    );
  });

  it('says when the token expired', () => {
    expect(tokenWords({ ...token, expired: true, expiresAt: at(2026, 11, 20) }, now)).toBe(
      'Expired on 20 November. May run every recipe.',
    );
    expect(tokenWords({ ...token, expired: true, expiresAt: at(2026, 11, 22) }, now)).toContain('Expired yesterday.');
  });
});

describe('middleTruncate', () => {
  it('keeps the beginning and the extension', () => {
    expect(middleTruncate('holiday.jpg', 20)).toBe('holiday.jpg');
    const cut = middleTruncate('holiday in Lisbon with everyone 0231.jpg', 20);
    expect(Array.from(cut)).toHaveLength(20);
    expect(cut).toMatch(/^holiday.*….*\.jpg$/);
  });

  it('never exceeds the length, for any name', () => {
    for (const name of ['.a-hidden-file-with-a-long-name', 'x'.repeat(300), '🙂'.repeat(40), 'a.' + 'b'.repeat(60)]) {
      for (const max of [1, 2, 3, 8, 24]) expect(Array.from(middleTruncate(name, max)).length).toBeLessThanOrEqual(max);
    }
    expect(middleTruncate('🙂'.repeat(40), 10)).toMatch(/^🙂+…🙂+$/u);
  });
});
