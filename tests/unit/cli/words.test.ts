import { describe, expect, it } from 'vitest';
import { EXIT, exitOfError } from '../../../electron/cli/exit-codes.ts';
import { MORE_HELP } from '../../../electron/cli/help.ts';
import { terminalErrorWords, terminalFileWords, terminalRunWords } from '../../../electron/cli/words.ts';
import { ERROR_CODES } from '../../../electron/contract/errors.ts';
import { RUN_REASON_NAMES, RUN_STATES } from '../../../electron/contract/views.ts';

/** Words that only make sense beside the window: its views and buttons, its draft, its session, its log. */
const OF_THE_WINDOW =
  /paste it here|\bclick|\bpress|Choose (a|another)\b|Refresh|in Activity|in Settings|the table|the log says|add it again|Add the file|this session only|Connect to a server first|Paste a new token/i;

describe('the texts of the terminal', () => {
  it.each(ERROR_CODES)('do not mention the window for %s', (code) => {
    const { title, next } = terminalErrorWords({ code, detail: null });
    expect(`${title} ${next}`).not.toMatch(OF_THE_WINDOW);
    expect(next).not.toBe('');
  });

  it.each(RUN_STATES)('do not mention the window for a run that is %s', (state) => {
    expect(terminalRunWords({ id: 'a', state, reason: null, reasonDetail: null })).not.toMatch(OF_THE_WINDOW);
  });

  it.each(RUN_REASON_NAMES)('do not mention the window for a run because of %s', (reason) => {
    expect(terminalRunWords({ id: 'a', state: 'waiting', reason, reasonDetail: null })).not.toMatch(OF_THE_WINDOW);
  });

  it('name a run so that the command can be copied', () => {
    const run = { id: '0123456789abcdef', state: 'unconfirmed', reason: 'answer-lost', reasonDetail: null } as const;
    expect(terminalRunWords(run)).toContain('omnitray settle 01234567 ');
  });

  it('name a file as it was typed', () => {
    expect(terminalFileWords('vanished', '../nofile.txt')).toBe('There is no file "../nofile.txt".');
    expect(terminalFileWords('folder', 'pictures')).toContain('"pictures" is a folder.');
    expect(terminalFileWords('empty', 'a.txt')).toBe('a.txt is empty.');
  });
});

describe('exit codes', () => {
  it.each(Object.values(EXIT))('%s is in the help', (code) => {
    expect(MORE_HELP).toMatch(new RegExp(`^ *${code} {2}\\S`, 'm'));
  });

  it.each([
    ['rate-limited', EXIT.noServer],
    ['bad-reply', EXIT.noServer],
    ['disk-full', EXIT.disk],
    ['disk-refused', EXIT.disk],
    ['token-expired', EXIT.noToken],
    ['cancelled', EXIT.interrupted],
  ] as const)('%s has its exit code', (code, exit) => expect(exitOfError(code)).toBe(exit));
});
