/** What a block of a recipe is called where the server knows it by a key only. */
import { withCapital } from '../formats.ts';

/** Short forms and names that are not written like other words. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    ...['AI', 'API', 'CSV', 'GPT', 'HTML', 'HTTP', 'ID', 'JSON', 'LLM', 'NSFW', 'OCR', 'PDF', 'PNG', 'SQL', 'SVG'],
    ...['TTS', 'UI', 'URL', 'XML', 'YAML', 'ChatGPT', 'ElevenLabs', 'HuggingFace', 'OpenAI'],
  ].map((word) => [word.toLowerCase(), word]),
);

/** The server's own blocks need no name of a maker before theirs. */
const OWN = 'omnitool';

/** Blocks are drawn in one line; a key of a hostile server can be of any length. */
const LONGEST = 60;

/**
 * The key of a block in readable words: `omnitool.chat_input` is `Chat input`, `omni-core-llm:llm.query` is `LLM query`.
 * The extension before the colon is left out; what made the block, before the dot, is kept. `Block` for a key of no words.
 */
export function blockWords(componentKey: string): string {
  const [maker = '', ...rest] = (componentKey.split(':').at(-1) ?? '').split('.');
  const block = wordsOf(rest.join(' '));
  const made = maker === OWN && block.length > 0 ? [] : wordsOf(maker);
  // Many makers begin the name of a block with their own: `llm.llm_query`.
  const isSaidTwice = made.length > 0 && made.every((word, index) => block[index] === word);
  const words = [...(isSaidTwice ? [] : made), ...block].map((word) => SPELLINGS.get(word) ?? word);
  return words.length === 0 ? 'Block' : withCapital(words.join(' ').slice(0, LONGEST).trimEnd());
}

/** `simpleChatGPT` and `text-to-speech` are three words, `auto_ui` is two. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
