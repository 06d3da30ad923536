import type { Bulletin, Headline } from '../../bot/notice/notice.ts';
import { say } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import type { Production } from './productions.ts';
import type { MovedProduction, StoredProduction } from './store.ts';
import { dotted, genreNames, POST, periodForPeople, periodOf, texts } from './texts.ts';

/** The post about a production, in the seed's words. */
export function postOf(production: StoredProduction, language: Language): Headline {
  const { id, name, venue, posterUrl } = production;
  return {
    kind: 'headline',
    language,
    label: POST.title,
    title: name,
    lines: [
      { label: POST.venue, text: venue },
      { label: POST.period, text: periodOf(production) },
    ],
    poster:
      posterUrl === null
        ? null
        : { key: posterKey(id), url: posterUrl, alt: say(texts.poster, language, { name }) },
    link: null,
  };
}

/** Under which key a poster is kept. */
export function posterKey(id: number): string {
  return `poster:stage:${id}`;
}

/** What followers are told of the productions of a run; `null`: none is of their kind. */
export function tidings(
  productions: readonly Production[],
  genre: string,
  language: Language,
): Bulletin | null {
  const wanted = productions.filter((one) => genre === '' || one.genre === genre);
  if (wanted.length === 0) return null;
  return {
    kind: 'bulletin',
    language,
    head: say(texts.told, language, { count: wanted.length }),
    entries: wanted.map((production) => ({
      title: production.name,
      lines: [placeOf(production, language), periodForPeople(production, language)],
      url: null,
    })),
    link: null,
  };
}

function placeOf({ genre, venue }: Production, language: Language): string {
  return `${genreNames[genre][language]} · ${venue}`;
}

/** What followers are told of announced productions whose last day changed. */
export function changes(
  moved: readonly MovedProduction[],
  genre: string,
  language: Language,
): Bulletin | null {
  const wanted = moved.filter((one) => genre === '' || one.genre === genre);
  if (wanted.length === 0) return null;
  const day = (text: string | null) => (text === null ? texts.openRun[language] : dotted(text));
  return {
    kind: 'bulletin',
    language,
    head: say(texts.moved, language),
    entries: wanted.map(({ name, venue, was, to }) => ({
      title: name,
      lines: [venue, say(texts.movedTo, language, { was: day(was), now: day(to) })],
      url: null,
    })),
    link: null,
  };
}
