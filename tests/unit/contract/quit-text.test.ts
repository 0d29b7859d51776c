import { expect, test } from 'vitest';
import { quitWords } from '../../../electron/contract/text/quit.ts';

const NOTHING = { sending: 0, onServer: 0, onPractice: 0, waiting: 0, needsToken: false };

test('quitting needs no question without active runs', () => {
  expect(quitWords(NOTHING)).toBeNull();
});

test('the question says what happens to each run', () => {
  expect(quitWords({ sending: 1, onServer: 2, onPractice: 1, waiting: 3, needsToken: true })).toEqual({
    message: '7 runs are in progress. Quit OmniTray?',
    detail: [
      '1 run is being sent. Sending stops, and continues when OmniTray starts again.',
      '2 runs are on the server. They continue there, and the results are fetched when OmniTray starts again.',
      '1 run is on the practice server, which ends with OmniTray.',
      '3 runs are waiting, and can be sent when OmniTray starts again.',
      'You will need the token again then: it is kept only until OmniTray quits.',
    ].join('\n'),
  });
  expect(quitWords({ ...NOTHING, onServer: 1 })?.detail).toContain('It continues there');
});
