import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notesOfHtml, notesOfMarkdown } from '../../../../src/platforms/github/api/notes.ts';

describe('the notes of a release', () => {
  test('are their first lines without what every release says', () => {
    const html = `<h2>What's Changed</h2>\n<ul>\n<li>Fix <code>router</code> by @hana in #12</li>
<li>Faster &amp; smaller</li></ul><p><strong>Full Changelog</strong>: v1...v2</p>`;
    expect(notesOfHtml(html)).toBe('• Fix router\n• Faster & smaller');
  });

  test('are the same from a webhook’s Markdown', () => {
    const markdown = `<!-- made by a robot -->\n## What's Changed\n* Fix \`router\` by @hana in https://github.com/o/r/pull/12
* [Faster](https://x.example) **and** smaller\n\n![x](y)\n**Full Changelog**: https://github.com/o/r/compare/a...b`;
    expect(notesOfMarkdown(markdown)).toBe('• Fix router\n• Faster and smaller');
  });

  test('of many lines are cut, and say so', () => {
    const notes = notesOfMarkdown(Array.from({ length: 30 }, (_, i) => `- Line ${i}`).join('\n'));
    expect(notes.split('\n')).toHaveLength(6);
    expect(notes).toMatch(/…$/);
  });

  test('are empty when they say nothing', () => {
    expect([notesOfHtml(''), notesOfMarkdown('---\n\n## Assets\n')]).toEqual(['', '']);
  });

  test('of any text are short, whole characters, and no tag', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3000 }), (text) => {
        for (const notes of [notesOfHtml(text), notesOfMarkdown(text)]) {
          expect(notes.length).toBeLessThanOrEqual(401);
          expect(notes.isWellFormed()).toBe(true);
        }
        expect(notesOfHtml(text)).not.toMatch(/<[a-z]/i);
      }),
    );
  });
});
