/** A text with its tags taken out, and the same as HTML that a page may show. */
export type Parsed =
  | { readonly ok: true; readonly text: string; readonly html: string }
  | { readonly ok: false; readonly problem: string };

const tags: Readonly<Record<string, string>> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
  'tg-spoiler': 'span',
  span: 'span',
  'tg-emoji': 'span',
  a: 'a',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const piece = /<(\/?)([a-z-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|&(#x[0-9a-f]+|#\d+|[a-z]+);?|</gi;

/**
 * Reads `parse_mode: HTML` as Telegram does: an unknown or open tag spoils the whole
 * (docs/platforms/telegram.md).
 */
export function parseHtml(source: string): Parsed {
  const open: { readonly name: string; readonly end: string }[] = [];
  let text = '';
  let html = '';
  let from = 0;
  const write = (part: string) => {
    text += part;
    html += escapeHtml(part);
  };

  for (const match of source.matchAll(piece)) {
    const [whole, slash, tag, attributes = '', entity] = match;
    const at = new TextEncoder().encode(source.slice(0, match.index)).length;
    write(source.slice(from, match.index));
    from = match.index + whole.length;
    if (entity !== undefined) {
      write(characterOf(entity) ?? whole);
      continue;
    }
    const name = (tag ?? '').toLowerCase();
    if (slash) {
      const last = open.pop();
      if (!last) return wrong(`Unexpected end tag at byte offset ${at}`);
      if (last.name !== name) {
        const words = `Unmatched end tag at byte offset ${at}, expected "</${last.name}>", found "</${name}>"`;
        return wrong(words);
      }
      html += last.end;
      continue;
    }
    const problem = tagProblem(name, attributes);
    if (problem !== null) return wrong(`${problem} at byte offset ${at}`);
    const shown = tags[name] ?? 'span';
    const link = name === 'a' ? linkOf(attributes) : null;
    html += link === null ? `<${shown}>` : `<a href="${escapeHtml(link)}">`;
    open.push({ name, end: `</${shown}>` });
  }
  write(source.slice(from));
  const last = open.pop();
  if (last) return wrong(`Can't find end tag corresponding to start tag "${last.name}"`);
  return { ok: true, text: text.trim(), html: html.trim() };
}

export function escapeHtml(text: string): string {
  const escapes: Readonly<Record<string, string>> = {
    '<': '&lt;',
    '>': '&gt;',
    '&': '&amp;',
    '"': '&quot;',
  };
  return text.replace(/[<>&"]/g, (character) => escapes[character] ?? character);
}

function tagProblem(name: string, attributes: string): string | null {
  if (!Object.hasOwn(tags, name)) return `Unsupported start tag "${name}"`;
  const isSpoiler = /\bclass\s*=\s*["']?tg-spoiler\b/.test(attributes);
  return name === 'span' && !isSpoiler ? 'Tag "span" must have class "tg-spoiler"' : null;
}

/** A link that leads nowhere Telegram knows is shown as plain text. */
function linkOf(attributes: string): string | null {
  const [, double, single, bare] =
    /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(attributes) ?? [];
  const href = (double ?? single ?? bare ?? '').replace(
    /&(#x[0-9a-f]+|#\d+|[a-z]+);?/gi,
    (whole, entity: string) => characterOf(entity) ?? whole,
  );
  return /^(?:https?|tg|mailto):/i.test(href) ? href : null;
}

/** Four names are known; another is text as it stands. */
function characterOf(entity: string): string | null {
  if (!entity.startsWith('#')) return named[entity] ?? null;
  const isHex = /^#x/i.test(entity);
  const code = isHex ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

function wrong(problem: string): Parsed {
  return { ok: false, problem };
}
