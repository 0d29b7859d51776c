import { afterAll, describe, it } from 'vitest';
import { startPracticeServer } from '../../electron/practice/server.ts';
import { selfSigned } from '../integration/omnitool/self-signed.ts';
import { raw } from '../support/scripted-server.ts';
import { quickClock } from '../support/quick-clock.ts';
import { LoudLogger, openCore, startRecipe } from '../support/test-core.ts';
import { makeHomeTemplate } from './support/connected-home.ts';
import { startHop } from './support/hop.ts';
import type { Hop } from './support/hop.ts';
import { NOTHING_LOST, record } from './support/record.ts';
import { isAtRest, lostInputs, nameOfStand, runIs } from './support/stand.ts';

const MARK = 'never in the clear';

const practice = await startPracticeServer();
const template = await makeHomeTemplate(practice, true);
afterAll(async () => {
  await template.remove();
  await practice.close();
});

const secure = (hop: Hop): string => hop.origin.replace(/^http:/, 'https:');

/** What answers where OmniTray expects its server behind TLS. */
const LISTENERS: Readonly<Record<string, () => Promise<Hop>>> = {
  'a certificate nobody trusts': () => startHop(practice.origin, [], selfSigned),
  'no TLS at all': () => startHop(practice.origin),
  'a handshake that is cut off': async () => {
    const hop = await startHop(practice.origin);
    hop.on('*', raw('\u0015\u0003\u0001'));
    return hop;
  },
};

describe('a server behind TLS that cannot be trusted', () => {
  it.concurrent.for(Object.keys(LISTENERS))('%s', async (fault, { task, expect }) => {
    const hop = await (LISTENERS[fault] ?? startHop.bind(null, practice.origin))();
    const home = await template.copyFor(secure(hop));
    const logger = new LoudLogger();
    const core = openCore(home, { clock: quickClock, logger });
    try {
      const { id } = await startRecipe(core, 'Echo', [], MARK);
      const run = await runIs(core, id, isAtRest);
      const stand = nameOfStand(run);
      const tally = { ...NOTHING_LOST, doubleExecs: hop.execsOf(MARK), inputsLost: await lostInputs(core, run) };
      record(task, { table: 'fault', route: 'any, by TLS', fault, during: stand, end: stand, runs: 1, tally });
      expect(tally).toEqual(NOTHING_LOST);
      expect(stand).toBe('waiting (server-away)');
      // Neither the token nor anything else went through a line that is not what it should be.
      expect(hop.asked).toEqual([]);
      expect(logger.errors).toEqual([]);
    } finally {
      core.close();
      await hop.close();
      await home.remove();
    }
  });
});
