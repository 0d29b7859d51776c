import { readPng, writePng } from '../pixels/picture.ts';
import { fitTo } from '../pixels/resize.ts';
import { counted } from './counted.ts';
import { type Block, filesValue, objectsValue, textsOf, textValue } from './block.ts';
import { drawText } from './picture-blocks.ts';
import { tone } from './tone.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’,-]*/gu;

/** The number of the most frequent words that are listed. */
const MOST_ROWS = 8;

/** The words of a text with their number, the most frequent first. */
function frequencies(text: string): readonly (readonly [word: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const word of text.toLowerCase().match(WORD) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([one, few], [other, many]) => many - few || one.localeCompare(other));
}

/** The answer of the chat-only recipe: some of each kind of Markdown. */
export const chatAnswer: Block = (run) => {
  const text = textsOf(run.inputs, 'text').join('\n').trim();
  const quoted = text === '' ? '> (no message)' : text.replace(/^/gm, '> ');
  const answer = `# Your message\n\n${quoted}\n\n- **${counted(text.length, 'character')}**\n- **${counted(text.split(/\s+/).filter(Boolean).length, 'word')}**\n\nThis answer is only in the chat.`;
  return Promise.resolve({ text: textValue(answer) });
};

/** The same message as a heading, a table, a list and code. */
export const chatReport: Block = (run) => {
  const text = textsOf(run.inputs, 'text').join('\n').trim();
  const words = frequencies(text);
  const figures = {
    words: words.reduce((sum, [, count]) => sum + count, 0),
    different: words.length,
    characters: Array.from(text).length,
  };
  const rows = words.slice(0, MOST_ROWS).map(([word, count]) => `| ${word} | ${count} |`);
  const report = [
    '## Report',
    rows.length === 0 ? 'There was no word to count.' : ['| word | times |', '|---|---:|', ...rows].join('\n'),
    `- ${counted(figures.words, 'word')}\n- **${figures.different}** different\n- ${counted(figures.characters, 'character')}`,
    `\`\`\`json\n${JSON.stringify(figures, null, 2)}\n\`\`\``,
  ];
  return Promise.resolve({ text: textValue(report.join('\n\n')) });
};

/** Two pictures, a tone, a table and data, all made from the message. */
export const fileKit: Block = async (run) => {
  const text = textsOf(run.inputs, 'text').join('\n').trim() || 'No text';
  const words = frequencies(text);
  const table = ['word,times', ...words.map(([word, count]) => `"${word}",${count}`)].join('\n');
  const images = [
    await run.makeFile(drawText(text), 'message.png'),
    await run.makeFile(drawText(Array.from(text).reverse().join('')), 'mirror.png'),
  ];
  const audio = await run.makeFile(tone(220 + Math.min(text.length, 220) * 2), 'tone.wav');
  const document = await run.makeFile(Buffer.from(`${table}\n`), 'words.csv', { document: true });
  return {
    text: textValue(`Made **five things** of ${counted(words.length, 'different word')}.`),
    images: filesValue(images),
    audio: filesValue([audio]),
    documents: filesValue([document]),
    object: objectsValue([Object.fromEntries(words)]),
  };
};

/** The marks that a shrunk picture has on each side, in pixels. */
const SMALL = 160;

/**
 * Draws the message in two sizes and links to both, in its text and in a document. It attaches neither picture, as some
 * templates do (wire 13.5).
 */
export const illustrate: Block = async (run) => {
  const text = textsOf(run.inputs, 'text').join('\n').trim() || 'No text';
  const bytes = drawText(text);
  const full = await run.makeFile(bytes, 'full size.png');
  const drawn = readPng(Buffer.from(bytes));
  const small = drawn === null ? full : await run.makeFile(writePng(fitTo(drawn, SMALL, SMALL, 'inside')), 'small.png');
  const [title = ''] = text.split('\n');
  const page = `# ${title}\n\n[![${title.replaceAll(/[\][]/g, '')}](${small.url})](${full.url})\n\n${counted(Array.from(text).length, 'letter')}, drawn in two sizes.`;
  const document = await run.makeFile(Buffer.from(`${page}\n`), 'page.md', { document: true });
  return { text: textValue(page), documents: filesValue([document]) };
};

/** Sends chat itself, as extensions do: one plain text instead of a list (wire 9.4). */
export const say: Block = (run) => {
  run.say(textsOf(run.inputs, 'text').join('\n'), 'text/plain', {});
  return Promise.resolve({});
};
