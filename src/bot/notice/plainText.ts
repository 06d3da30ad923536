import { cutToFit } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import { plainNews } from './newsTexts.ts';
import type { Notice } from './notice.ts';

const canSay = {
  ko: (list: string) => `이렇게 말해 보세요: ${list}`,
  en: (list: string) => `You can say: ${list}`,
} satisfies Record<Language, (list: string) => string>;

/**
 * Any notice for a channel without buttons: suggestions and links are lines.
 *
 * @param timeZone IANA name, for instants in it
 */
export function plainText(notice: Notice, timeZone: string): string {
  if (notice.kind !== 'text') return plainNews(notice, timeZone);
  const { text, suggestions, isOptional = false, links, language } = notice;
  const lines = links.map(({ label, url }) => `${label}: ${url}`);
  const said = [text, ...(lines.length === 0 ? [] : ['', ...lines])].join('\n');
  return suggestions.length === 0 || isOptional
    ? said
    : `${said}\n\n${canSay[language](suggestions.join(' · '))}`;
}

/**
 * As many whole lines as fit into `limit` UTF-16 units, an ellipsis in place of the others. A first
 * line that is too long by itself is cut at a grapheme.
 */
export function fitLines(lines: readonly string[], limit: number): string {
  const text = lines.join('\n');
  if (text.length <= limit) return text;
  // Room for the ellipsis and the line break before it.
  let room = limit - 1;
  const end = lines.findIndex((line) => {
    room -= line.length + 1;
    return room < 0;
  });
  return end === 0
    ? cutToFit(text, limit, (value) => value.length)
    : [...lines.slice(0, end), '…'].join('\n');
}
