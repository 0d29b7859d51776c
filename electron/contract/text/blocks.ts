/** Names for blocks of which the server sends only the key. */
import { withCapital } from '../formats.ts';

/** Abbreviations and product names with a spelling of their own. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  [
    ...['AI', 'API', 'CSV', 'GPT', 'HTML', 'HTTP', 'ID', 'JSON', 'LLM', 'NSFW', 'OCR', 'PDF', 'PNG', 'SQL', 'SVG'],
    ...['TTS', 'UI', 'URL', 'XML', 'YAML', 'ChatGPT', 'ElevenLabs', 'HuggingFace', 'OpenAI'],
  ].map((word) => [word.toLowerCase(), word]),
);

/** Blocks of the server itself are shown without the name of their extension. */
const OWN = 'omnitool';

/** Letters. A block takes one line, and a hostile server can send a key of any length. */
const LONGEST = 60;

/**
 * Makes a block's key readable: `omnitool.chat_input` becomes `Chat input`, `omni-core-llm:llm.query` becomes `LLM
 * query`. The extension before the colon is left out; the namespace before the dot is kept. A key without words becomes
 * `Block`.
 */
export function blockWords(componentKey: string): string {
  const [maker = '', ...rest] = (componentKey.split(':').at(-1) ?? '').split('.');
  const block = wordsOf(rest.join(' '));
  const made = maker === OWN && block.length > 0 ? [] : wordsOf(maker);
  // Many extensions repeat their namespace in the name of the block: `llm.llm_query`.
  const isSaidTwice = made.length > 0 && made.every((word, index) => block[index] === word);
  const words = [...(isSaidTwice ? [] : made), ...block].map((word) => SPELLINGS.get(word) ?? word);
  return words.length === 0 ? 'Block' : withCapital(words.join(' ').slice(0, LONGEST).trimEnd());
}

/** Splits at capitals and punctuation: `simpleChatGPT` and `text-to-speech` are three words, `auto_ui` is two. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
