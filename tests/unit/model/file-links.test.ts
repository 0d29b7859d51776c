import { describe, expect, test } from 'vitest';
import { linkedFid } from '../../../electron/contract/file-links.ts';
import { linkedFids } from '../../../electron/core/model/file-links.ts';

const OWN = 'http://127.0.0.1:1688';
const fids = (text: string): readonly string[] => linkedFids(text, OWN);

describe('the files that a text links to', () => {
  test('are read as a real template writes them', () => {
    const persona = '# Stub Person\n[![Alt text](/fid/07,htxfup4vz2)](/fid/82,l64mahy498)\n\nAge: 40';
    expect(fids(persona)).toEqual(['07,htxfup4vz2', '82,l64mahy498']);
  });

  test.each([
    ['a plain link', '[the report](/fid/07,htxfup4vz2)'],
    ['a title', '![a](/fid/07,htxfup4vz2 "A title")'],
    ['angle brackets', '![a](</fid/07,htxfup4vz2>)'],
    ['a definition', '![a][1]\n\n[1]: /fid/07,htxfup4vz2'],
    ['an ending', '![a](/fid/07,htxfup4vz2.png)'],
    ['an encoded comma', '![a](/fid/07%2Chtxfup4vz2)'],
    ['a query', '![a](/fid/07,htxfup4vz2?width=128&height=64)'],
    ['the own origin', `![a](${OWN}/fid/07,htxfup4vz2)`],
    ['the own origin in capitals', '![a](HTTP://127.0.0.1:1688/fid/07,htxfup4vz2)'],
    ['an address in a sentence', `It is at ${OWN}/fid/07,htxfup4vz2. Have a look.`],
    ['an address in brackets', `It is here (${OWN}/fid/07,htxfup4vz2).`],
    ['HTML', '<p><img class="x" src="/fid/07,htxfup4vz2"></p>'],
    ['HTML in single quotes', "<a href='/fid/07,htxfup4vz2'>it</a>"],
    ['nested brackets', '[[[[![a [b] c](/fid/07,htxfup4vz2)]]]]'],
    ['a list', '- one\n\n    ![a](/fid/07,htxfup4vz2)'],
    ['a link that comes ten times', '![a](/fid/07,htxfup4vz2)\n'.repeat(10)],
    ['backquotes before it', 'a `b` ![a](/fid/07,htxfup4vz2) `c`'],
    ['a single backquote', 'the ` key ![a](/fid/07,htxfup4vz2)'],
    ['a closed fence before it', '```js\nx\n```\n![a](/fid/07,htxfup4vz2)'],
  ])('count with %s', (_case, text) => expect(fids(text)).toEqual(['07,htxfup4vz2']));

  test.each([
    ['another host', '![a](http://example.org/fid/07,htxfup4vz2)'],
    ['another port', '![a](http://127.0.0.1:1689/fid/07,htxfup4vz2)'],
    ['another scheme', '![a](https://127.0.0.1:1688/fid/07,htxfup4vz2)'],
    ['a host without a scheme', '![a](//127.0.0.1:1688/fid/07,htxfup4vz2)'],
    ['a host behind the own one', '![a](http://127.0.0.1:1688@example.org/fid/07,htxfup4vz2)'],
    ['a longer host', '![a](http://127.0.0.1:1688.example.org/fid/07,htxfup4vz2)'],
    ['the own server in the path of another', `![a](http://example.org/${OWN}/fid/07,htxfup4vz2)`],
    ['a path before it', '![a](/files/fid/07,htxfup4vz2)'],
    ['a path behind it', '![a](/fid/07,htxfup4vz2/../../version)'],
    ['dots', '![a](/fid/../version)'],
    ['encoded dots', '![a](/fid/%2e%2e/version)'],
    ['an encoded slash', '![a](/fid/..%2fversion)'],
    ['a backslash', '![a](/fid/..\\version)'],
    ['only dots', '![a](/fid/..)'],
    ['words in brackets', 'the route (/fid/07,htxfup4vz2) is open'],
    ['a path in a sentence', 'the route /fid/07,htxfup4vz2 is open'],
    ['a code span', 'write `![a](/fid/07,htxfup4vz2)` there'],
    ['a longer code span', 'write ``a ` ![a](/fid/07,htxfup4vz2)`` there'],
    ['a fence', '```md\n![a](/fid/07,htxfup4vz2)\n```'],
    ['a fence that is not closed', '~~~\n![a](/fid/07,htxfup4vz2)'],
    ['a fence in a quote', '> ```\n> ![a](/fid/07,htxfup4vz2)\n> ```'],
    ['an indented block', 'So:\n\n    ![a](/fid/07,htxfup4vz2)'],
    ['code in HTML', '<pre><code>![a](/fid/07,htxfup4vz2)</code></pre>'],
    ['a script', '<script src="/fid/07,htxfup4vz2"></script>'],
    ['a comment', '<!-- ![a](/fid/07,htxfup4vz2) -->'],
  ])('do not count with %s', (_case, text) => expect(fids(text)).toEqual([]));

  test('of the usual port are those of the origin without it', () => {
    expect(linkedFid('http://tray.example:80/fid/a', 'http://tray.example')).toBe('a');
    expect(linkedFid('https://tray.example/fid/a', 'https://tray.example:443')).toBe('a');
    expect(linkedFid('http://tray.example:443/fid/a', 'http://tray.example')).toBeNull();
  });

  test.each([
    ['brackets', '[!['.repeat(300_000)],
    ['links', '![a](/fid/a'.repeat(100_000)],
    ['half links', '](/fid/'.repeat(150_000)],
    ['hosts', OWN.repeat(40_000)],
    ['backquotes', Array.from({ length: 1_200 }, (_, index) => '`'.repeat(index)).join(' ')],
    ['elements', '<pre>'.repeat(200_000)],
    ['fences', '```\n~~~\n'.repeat(100_000)],
    ['spaces', `](${' '.repeat(1_000_000)}/fid/a)`],
  ])('are looked for in a huge text of %s without delay', (_case, text) => {
    const before = performance.now();
    fids(`${text}/fid/x`);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
