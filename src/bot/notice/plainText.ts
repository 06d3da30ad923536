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
