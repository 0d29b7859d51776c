import { afterAll } from 'vitest';
import { type PracticeServer, startPracticeServer } from '../../../electron/practice/server.ts';
import { type HomeTemplate, makeHomeTemplate } from './connected-home.ts';

/** A practice server and a home that knows it and all of its recipes, until the tests of the file are over. */
export async function practiceGround(): Promise<{
  readonly practice: PracticeServer;
  readonly template: HomeTemplate;
}> {
  const practice = await startPracticeServer({ showAll: true });
  const template = await makeHomeTemplate(practice, true);
  afterAll(async () => {
    await template.remove();
    await practice.close();
  });
  return { practice, template };
}
