/** Several KB of Markdown, like the help of real templates (wire 3). */
export const LONG_HELP = `## Report in chat

Counts the words of a message and answers **in the chat**, with everything that Markdown has to offer.

### How to use it

1. Write or paste a message.
2. Run the recipe.
3. Read the report. It has

   - a table of the most frequent words,
   - a list of figures,
   - the same figures as JSON.

### What counts as a word

| written | counted as | why |
|---|---|---|
| \`don't\` | one word | an apostrophe joins |
| \`well-known\` | one word | so does a hyphen |
| \`1,000\` | one word | digits are letters here |
| \`...\` | no word | there is no letter in it |

> Upper and lower case are the same word. \`The\` and \`the\` are counted together.

### In code

\`\`\`js
const words = message.toLowerCase().match(/[\\p{L}\\p{N}][\\p{L}\\p{N}'’,-]*/gu) ?? [];
\`\`\`

### Questions

**Does it keep what I write?** No. The practice server forgets its files when it ends, and it reaches out to nobody.

**Why is there no result?** The report is sent to the chat alone, as all templates do that come with Omnitool. A program
that asks only for results gets nothing.

**How long may a message be?** As long as a request may be: 32 MiB.

**What about other languages?** Letters of every alphabet count. Languages that write without spaces come out as few,
long words.

---

### For authors

This text is long on purpose: the help of real templates runs to several kilobytes, with headings, tables, lists and code,
and a page that shows it has to scroll. Line breaks inside a paragraph are spaces; two of them make a new one.

* * *

Nested lists work too:

- Reading
  - letters
    - and their accents
  - digits
- Writing
  1. a heading
  2. a table
  3. a list

A very long word must not widen the page: ${'extraordinarily'.repeat(12)}.

Something that is not Markdown is text, and stays text: <b>not bold</b>, <script>document.title = 'never'</script>.
`;
