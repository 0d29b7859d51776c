import { type Draft, input, output, own, straight, through } from './draft.ts';
import { RECIPE } from './ids.ts';

/** Recipes that are of use. */
export const WORK_RECIPES: readonly Draft[] = [
  {
    id: RECIPE.echo,
    name: 'Echo',
    description: 'Gives back everything it gets: text, pictures, sound, video, documents and JSON.',
    help: 'Send **anything**. The same comes back, so you can see the whole way there and back.',
    tags: ['#practice', '#text', '#files'],
    blocks: [input, output],
    wires: [
      ...straight(1, 2, 'text', 'images', 'audio'),
      [1, 'video', 2, 'videos'],
      ...straight(1, 2, 'documents'),
      [1, 'json', 2, 'objects'],
    ],
  },
  {
    id: RECIPE.wordCount,
    name: 'Word count',
    description: 'Counts the words, lines and characters of a message and of text documents.',
    help: 'Send a message, text documents, or both. Each gets a line in the text and an entry in the data.',
    tags: ['#practice', '#text'],
    ...through(own('word_count', 'Count words'), ['text', 'documents'], ['text', 'objects']),
  },
  {
    id: RECIPE.thumbnailSheet,
    name: 'Thumbnail sheet',
    description: 'Puts pictures side by side on one PNG.',
    help: 'Send up to **64** pictures. PNG files are drawn; other formats appear as a tile with their name.',
    tags: ['#practice', '#image'],
    ...through(own('contact_sheet', 'Lay out pictures'), ['images'], ['text', 'images']),
  },
  {
    id: RECIPE.grey,
    name: 'Image to grey',
    description: 'Turns PNG pictures into shades of grey.',
    help: 'Send PNG pictures of up to 16 megapixels. Other formats are named in the text and left out.',
    tags: ['#practice', '#image'],
    ...through(own('grey_pictures', 'Turn grey'), ['images'], ['text', 'images']),
  },
  {
    id: RECIPE.hashFiles,
    name: 'Hash files',
    description: 'Gives the SHA-256, size and type of any files, as they arrived on the server.',
    help: 'Send any files. Compare the sums with your own to see that nothing changed on the way.',
    tags: ['#practice', '#files'],
    ...through(own('hash_files', 'Compute checksums'), ['images', 'audio', 'video', 'documents'], ['text', 'objects']),
  },
  {
    id: RECIPE.csvToJson,
    name: 'CSV to JSON',
    description: 'Reads tables from CSV documents and gives them back as data and as JSON files.',
    help: 'The first row names the fields. Commas, semicolons and tabs are understood.',
    tags: ['#practice', '#data'],
    ...through(own('csv_to_json', 'Read tables'), ['text', 'documents'], ['text', 'documents', 'objects']),
  },
  {
    id: RECIPE.joinText,
    name: 'Join text',
    description: 'Joins a message and text documents into one text file.',
    help: 'The message comes first, then the documents in their order.',
    tags: ['#practice', '#text'],
    ...through(own('join_text', 'Join texts'), ['text', 'documents'], ['text', 'documents']),
  },
  {
    id: RECIPE.pictureFromText,
    name: 'Picture from text',
    description: 'Draws a message as a PNG, with a mark that is the same for the same text.',
    help: 'Letters without accents, digits and the usual punctuation are drawn.',
    tags: ['#practice', '#image', '#text'],
    ...through(own('picture_from_text', 'Draw the text'), ['text'], ['text', 'images']),
  },
];
