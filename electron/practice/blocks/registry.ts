import { CHAT_INPUT, CHAT_OUTPUT, FILE_OUTPUT, FORM, METADATA, RECIPE_OUTPUT } from './graph.ts';
import type { Block } from './block.ts';
import { chatAnswer, chatReport, fileKit, illustrate, say } from './chat-blocks.ts';
import { chatInput } from './chat-input.ts';
import { cutOut, formReport, letter, pattern } from './form-blocks.ts';
import { formInput } from './form-input.ts';
import { fail, nothing, passFiles, softFail, step, stepsDone } from './flow-blocks.ts';
import { chatOutput, fileOutput, recipeOutput } from './outputs.ts';
import { contactSheet, greyPictures, pictureFromText } from './picture-blocks.ts';
import { stub } from './stub-block.ts';
import { csvToJson, hashFiles, joinText, webPage, wordCount } from './text-blocks.ts';

const EXTENSION = 'omni-extension-practice:practice';

/** The full name of one of this server's own blocks. */
export const practiceBlock = (name: string): string => `${EXTENSION}.${name}`;

const BLOCKS: ReadonlyMap<string, Block> = new Map([
  [CHAT_INPUT, chatInput],
  [CHAT_OUTPUT, chatOutput],
  [RECIPE_OUTPUT, recipeOutput],
  [FILE_OUTPUT, fileOutput],
  [METADATA, nothing],
  [FORM, formInput],
  [practiceBlock('word_count'), wordCount],
  [practiceBlock('hash_files'), hashFiles],
  [practiceBlock('csv_to_json'), csvToJson],
  [practiceBlock('join_text'), joinText],
  [practiceBlock('contact_sheet'), contactSheet],
  [practiceBlock('grey_pictures'), greyPictures],
  [practiceBlock('picture_from_text'), pictureFromText],
  [practiceBlock('step'), step],
  [practiceBlock('steps_done'), stepsDone],
  [practiceBlock('fail'), fail],
  [practiceBlock('soft_fail'), softFail],
  [practiceBlock('discard'), nothing],
  [practiceBlock('pass_files'), passFiles],
  [practiceBlock('chat_answer'), chatAnswer],
  [practiceBlock('chat_report'), chatReport],
  [practiceBlock('file_kit'), fileKit],
  [practiceBlock('illustrate'), illustrate],
  [practiceBlock('web_page'), webPage],
  [practiceBlock('say'), say],
  [practiceBlock('letter'), letter],
  [practiceBlock('pattern'), pattern],
  [practiceBlock('cut_out'), cutOut],
  [practiceBlock('form_report'), formReport],
  [practiceBlock('stub'), stub],
]);

/** The keys of all blocks that are installed. */
export const installedBlocks = (): readonly string[] => [...BLOCKS.keys()];

/** The block with this key; undefined if it is not installed. */
export const findBlock = (name: string): Block | undefined => BLOCKS.get(name);
