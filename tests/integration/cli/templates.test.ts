/** Published recipes through the terminal: what was set is what the server gets. */
import { beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../../support/needs.ts';
import { offer, readTemplate, TEMPLATES_LACK } from '../../support/templates.ts';
import { sample, useCommand } from './set-up.ts';

const starts: Readonly<Record<string, unknown>>[] = [];
const command = useCommand({ onStart: (_, args) => starts.push(args) });

const picture = (name: string) => ({
  storage: 'b64-fixed-storage-provider',
  url: expect.stringMatching(/^fid:\/\//) as string,
  name,
  size: expect.any(Number) as number,
});

describe('a published recipe in the terminal', () => {
  needs(TEMPLATES_LACK);
  beforeEach(command.connect);

  it.each([
    [
      'app-icon-artist',
      ['App Icon Studio', '-s', '_prompt=A lighthouse', '-s', 'width=512', '-s', 'height=256'],
      { _prompt: 'A lighthouse', width: 512, height: 256 },
    ],
    [
      'emoji-generator',
      ['Emoji Generator', '-s', 'subject=A "boat"\nat night', '-s', 'switch=off'],
      { subject: 'A "boat"\nat night', details: 'side profile', switch: false },
    ],
    [
      'talking-head-studio',
      ['Talking Head Studio', '-s', 'input=Hello', '-s', `images=${sample('hills.png')}`],
      { input: 'Hello', images: [picture('hills.png')] },
    ],
    ['monica-the-librarian', ['Book Recommendation', sample('hills.png')], { image: [picture('hills.png')] }],
    [
      'teaching-with-ai-ai-tutor',
      ['Teaching with AI: AI Tutor', '-s', 'topic=Tides', '-s', 'student_level=', '-s', 'current_knowledge=none'],
      { topic: 'Tides', student_level: '', current_knowledge: 'none' },
    ],
    ['chef-francois-food-photography', ['Food PhotoMaker', '-m', 'Macarons'], { text: 'Macarons' }],
    ['omnilab-llm-panel', ['OmniLab: LLM Panel'], {}],
  ])('%s', async (template, args, expected) => {
    starts.length = 0;
    offer(command.server, readTemplate(template));
    const { code, out, err } = await command.run(['run', ...args]);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('Done.') as string });
    expect(starts).toEqual([expected]);
    expect(out).toMatch(/A stub was given this|stub.*\.png/);
  });
});
