const LONGEST = 400;
const MOST_LINES = 6;

/** Lines that every release has, and nobody reads. */
const EMPTY_WORDS =
  /^(?:what['’]?s changed|changelog|release notes|full changelog\b.*|compare\b.*|new contributors|assets)\s*:?$/i;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '…',
};

/**
 * The first lines of a release's notes, as people read them, from HTML without links
 * (`shortDescriptionHTML`); empty when they say nothing.
 *
 * @example notesOfHtml("<h2>What's Changed</h2><ul><li>Fix <code>x</code> by @a in #1</li></ul>") // '• Fix x'
 */
export function notesOfHtml(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/\r?\n/g, ' ')
    .replace(/<li\b[^>]*>/gi, '\n• ')
    .replace(
      /<(?:br|hr)\b[^>]*>|<\/?(?:p|div|h\d|ul|ol|li|pre|table|tr|blockquote)\b[^>]*>/gi,
      '\n',
    )
    // The end may be cut in the middle of a tag.
    .replace(/<[^>]*(?:>|$)/g, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,10}));/gi, entity)
    .replace(/&\w{0,8}$/, '');
  return firstLines(text);
}

/** The same from Markdown, as a webhook brings it. */
export function notesOfMarkdown(markdown: string): string {
  const text = markdown
    .slice(0, 8 * LONGEST)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]*>/g, '')
    .replace(/^\s{0,3}(?:#{1,6}|>)\s*/gm, '')
    .replace(/^\s*[*+-]\s+/gm, '• ')
    .replace(/(?:\*\*|__|`{1,3})/g, '');
  return firstLines(text);
}

function firstLines(text: string): string {
  const lines = text
    .split('\n')
    .map((line) =>
      line
        .replace(/https?:\/\/\S+/g, '')
        .replace(/\s+/g, ' ')
        .replace(/ by @[\w[\]-]+(?: in(?: #\d+)?)?\s*$/, '')
        .trim(),
    )
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && !EMPTY_WORDS.test(line.replace(/^• /, '')));
  const shown = lines.slice(0, MOST_LINES).join('\n');
  const isCut = shown.length > LONGEST || lines.length > MOST_LINES;
  const cut = shown
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/[\uD800-\uDBFF\uFFFD]$/u, '');
  return isCut ? `${cut.trimEnd()}…` : cut;
}

function entity(whole: string, decimal?: string, hexadecimal?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
