import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_CHAT_BYTES, MOST_CHAT_MESSAGES } from '../../../electron/contract/limits.ts';
import { leftOutWords } from '../../../electron/contract/text/files.ts';
import { openDatabase } from '../../../electron/core/store/database.ts';
import { type NewMessage, ResultStore, type StoredResult } from '../../../electron/core/store/result-store.ts';
import { RunStore } from '../../../electron/core/store/run-store.ts';
import type { StoreDatabase } from '../../../electron/core/store/store-database.ts';
import { aRun } from '../../support/a-run.ts';
import { TestClock } from '../../support/test-clock.ts';

let folder: string;
let database: StoreDatabase;
const { id } = aRun();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omnitray-chat-'));
  database = openDatabase(folder, 0).database;
  // Two thousand writes that need not outlive a power cut.
  database.exec('PRAGMA synchronous = OFF');
  new RunStore(database, new TestClock(0)).add(aRun());
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const MIB = 1_048_576;
const message = (text: string, change: Partial<NewMessage> = {}): NewMessage => ({
  ...{ text, format: 'plain', objects: [], artifacts: [] },
  ...change,
});
/** Each start of the program has a store of its own. */
function say(...messages: readonly NewMessage[]): StoredResult {
  const results = new ResultStore(database);
  for (const one of messages) results.addMessage(id, one);
  return new ResultStore(database).find(id);
}

describe('chat without end', () => {
  it('is kept up to a number of messages, and the rest is counted, across restarts', () => {
    const all = Array.from({ length: MOST_CHAT_MESSAGES + 5 }, (_, index) => message(`message ${index}`));
    say(...all.slice(0, 500));
    const kept = say(...all.slice(500));
    expect(kept.messages).toHaveLength(MOST_CHAT_MESSAGES);
    expect(kept.messages.at(-1)?.text).toBe(`message ${MOST_CHAT_MESSAGES - 1}`);
    expect(kept.leftOut).toBe(5);
  });

  it('is kept up to a number of bytes, with its values; what follows is left out as well', () => {
    const large = message('x'.repeat(MIB), { objects: ['y'.repeat(MIB)] });
    const kept = say(...Array.from({ length: 20 }, () => large), message('small'));
    expect(kept.messages).toHaveLength(MOST_CHAT_BYTES / (2 * MIB));
    expect(kept.leftOut).toBe(5);
  });

  it('is kept whole below that', () => {
    expect(say(message('hello'), message('world'))).toMatchObject({
      messages: [{ text: 'hello' }, { text: 'world' }],
      leftOut: 0,
    });
  });

  it('has words for what is missing', () => {
    expect(leftOutWords(1)).toMatch(/^1 more chat message was not kept: .* 2,000 messages, up to 32 MB\. /);
    expect(leftOutWords(12)).toMatch(/^12 more chat messages were not kept/);
  });
});
