import { titleKey } from '../../lib/text.ts';
import { isDay } from '../../lib/time.ts';

/** Version of the form that `/admin/data` takes. */
const FORM = 1;

/**
 * A list of titles that another bot posted, one a line with its day if it is known
 * (`위쳐: 늑대의 악몽,2021-08-23`), as a file for "import" on `/admin/data`: none of them is posted again.
 * Names of picture files, in which `@` and `_` stand for other characters, will do.
 *
 * @param now epoch milliseconds
 */
export function titlesFile(list: string, now: number) {
  const today = new Date(now).toISOString().slice(0, 10);
  const titles = new Map(
    list
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => titleKey(line) !== '')
      .map((line) => {
        const [, written, day] = /^(.*?)(?:[,\t]\s*(\d{4}-\d{2}-\d{2}))?$/.exec(line) ?? [];
        const title = (written ?? line).replace(/\.(?:png|jpe?g)$/i, '').replaceAll('_', ' ');
        const startsOn = day !== undefined && isDay(day) ? day : today;
        return [titleKey(title), { title: title.trim(), startsOn }] as const;
      }),
  );
  return {
    soshik: FORM,
    exportedAt: new Date(now).toISOString(),
    settings: [],
    kakaoLogins: [],
    repositories: [],
    people: [],
    titles: Array.from(titles, ([key, { title, startsOn }]) => ({
      source: 'before',
      sourceId: key,
      revision: 1,
      title,
      subtitle: null,
      titleKey: key,
      kind: 'title',
      startsAt: null,
      startsOn,
      posterUrl: null,
      pageUrl: null,
      firstSeenAt: now,
      withdrawnAt: null,
      announcedAt: now,
      ownTitle: null,
      skippedAt: null,
    })),
  };
}
