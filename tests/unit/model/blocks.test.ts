import { describe, expect, it } from 'vitest';
import { blockName } from '../../../electron/core/model/blocks.ts';

const named = (title: unknown) => blockName({ name: 'omni-core-llm:llm.query', data: { 'x-omni-title': title } });

describe('blockName', () => {
  it('is the author’s title', () => {
    expect(named('Ask the model')).toBe('Ask the model');
    expect(named('  Ask\n\tthe\u202e model ')).toBe('Ask the model');
    expect(named('🙂'.repeat(200))).toBe('🙂'.repeat(80));
  });

  it.each([undefined, '', ' \n', 5, null, {}])('is its key in words when the title is %j', (title) => {
    expect(named(title)).toBe('LLM query');
  });
});
