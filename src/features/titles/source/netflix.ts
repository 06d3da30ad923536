import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import {
  pageMemoryEntries,
  type Source,
  type SourceContext,
  type SourceOutcome,
  type SourceVisit,
} from '../../../bot/source/source.ts';
import { addDays, dayOf } from '../../../lib/time.ts';
import { type PageMemory, type PageVisit, politeGet } from '../../../lib/web/polite.ts';
import { type ReleaseRow, readReleases } from '../api/netflixPage.ts';
import { titleSettings } from '../settings.ts';
import { cleanTitle, type Item, type ItemKind } from '../store/items.ts';
import { createTmdbSource } from './tmdb.ts';

const READABLE_SHARE = 0.95;
const EARLIEST_DAYS = -2;
const LATEST_DAYS = 120;

/** Code points of the second title that go into an id, which also names a key in KV. */
const MAX_SLUG_LENGTH = 60;

/** `collection` of a row, from recorded rows of 2026-10-06. */
const KINDS: ReadonlyMap<number | undefined, ItemKind> = new Map([
  [2694103, 'film'],
  [2170013, 'series'],
  [2173907, 'special'],
  [81500273, 'game'],
]);

interface ReleasesExpected {
  /** ISO 3166-1 alpha-2 code that the rows must carry. */
  readonly country: string;
  /** Epoch milliseconds; releases are -2 to +120 days from it. */
  readonly now: number;
  readonly timeZone: string;
  /** Where the rows come from; pictures are https, or from there. */
  readonly pageUrl: string;
}

type ReleasesJudged =
  | { readonly kind: 'items'; readonly items: readonly Item[]; readonly leftOut: readonly string[] }
  | { readonly kind: 'broken'; readonly detail: string };

/**
 * Turns a page's rows into items, or says why they are not to be trusted: under 95% readable, most
 * for another country, or most far from today. A few such rows are only left out, and told.
 *
 * @param skipped rows of the page that are not among `rows` since they could not be read
 */
function judgeReleases(
  { rows, skipped }: { readonly rows: readonly ReleaseRow[]; readonly skipped: number },
  expected: ReleasesExpected,
): ReleasesJudged {
  const total = rows.length + skipped;
  const readable = rows.flatMap((row) => itemOf(row, expected) ?? []);
  const unreadable = `${total - readable.length} of ${total} rows unreadable`;
  if (readable.length < total * READABLE_SHARE) return { kind: 'broken', detail: unreadable };

  const ours = readable.filter(({ row }) => row.country === expected.country);
  const foreign = `${readable.length - ours.length} of ${total} rows not for ${expected.country}`;
  if (ours.length <= readable.length / 2) return { kind: 'broken', detail: foreign };

  const today = dayOf(expected.now, expected.timeZone);
  const earliest = addDays(today, EARLIEST_DAYS);
  const latest = addDays(today, LATEST_DAYS);
  const near = ours.filter(({ item }) => item.startsOn >= earliest && item.startsOn <= latest);
  const far = `${ours.length - near.length} of ${total} rows outside ${earliest} to ${latest}`;
  if (near.length <= ours.length / 2) return { kind: 'broken', detail: far };

  const items = new Map<string, Item>();
  for (const { item } of near) {
    if (!items.has(item.sourceId)) items.set(item.sourceId, item);
  }
  const leftOut = [
    ...(readable.length < total ? [unreadable] : []),
    ...(ours.length < readable.length ? [foreign] : []),
    ...(near.length < ours.length ? [far] : []),
  ];
  return { kind: 'items', items: [...items.values()], leftOut };
}

function itemOf(
  row: ReleaseRow,
  { timeZone, pageUrl }: ReleasesExpected,
): { readonly row: ReleaseRow; readonly item: Item } | null {
  const title = cleanTitle(row.title1);
  if (title === null) return null;
  const hasSecond = (row.title2 ?? '').trim() !== '';
  const second = hasSecond ? cleanTitle(row.title2 ?? '') : title;
  if (second === null) return null;
  const slug = slugOf(second);
  const saysMore = slug !== '' && slug !== slugOf(title);
  const posterUrl = pictureUrl(row.image, pageUrl);
  const item: Item = {
    source: 'netflix',
    sourceId: saysMore ? `${row.videoID}:${slug}` : `${row.videoID}`,
    title,
    ...(saysMore ? { subtitle: second } : {}),
    kind: KINDS.get(row.collection) ?? 'unknown',
    startsAt: row.startTime,
    startsOn: dayOf(row.startTime, timeZone),
    ...(posterUrl === null ? {} : { posterUrl }),
    posterShape: 'unknown',
    pageUrl: `https://www.netflix.com/title/${row.videoID}`,
    raw: row.raw,
  };
  return { row, item };
}

/** A second title as part of an id: a change of case, spacing or punctuation is no new title. */
function slugOf(title: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return Array.from(words.join('-')).slice(0, MAX_SLUG_LENGTH).join('');
}

/** The local sandbox serves its page and its pictures over http, from one origin. */
function pictureUrl(image: string | undefined, pageUrl: string): string | null {
  const url = URL.parse(image ?? '');
  const isOwn = url !== null && url.origin === URL.parse(pageUrl)?.origin;
  return url !== null && (url.protocol === 'https:' || isOwn) ? url.href : null;
}

const LEAST_SHARE_OF_USUAL = 0.3;
const COUNTS_KEPT = 4;

/** Where the rows are on today's page; anywhere else is told to the owner. */
const USUAL_PATH = 'props.pageProps.data.data';

export interface NetflixOptions {
  /** The page about.netflix.com/<locale>/new-to-watch. */
  readonly pageUrl: string;
  /** ISO 3166-1 alpha-2 code of the country whose releases the page tells. */
  readonly country?: string;
}

/** What Netflix's page remembers between visits. */
export interface NetflixMemory extends PageMemory {
  /** Item counts of the last visits that found any, newest last, at most four. */
  readonly counts?: readonly number[];
}

const netflixMemory: v.GenericSchema<unknown, NetflixMemory> = v.fallback(
  v.object({ ...pageMemoryEntries, counts: v.exactOptional(v.array(v.number())) }),
  {},
);

/**
 * Upcoming titles from Netflix's own page. A page that is not as expected in any respect is
 * `broken`, and is read in full again next time: only a good page's ETag is remembered.
 */
export function createNetflixSource({
  pageUrl,
  country = 'KR',
}: NetflixOptions): Source<Item, NetflixMemory> {
  return {
    id: 'netflix',
    memory: netflixMemory,
    visit: async (context) => {
      const page = await politeGet({
        runtime: context.runtime,
        url: pageUrl,
        accept: 'text/html',
        contact: context.contact,
        timeZone: context.timeZone,
        memory: context.memory,
      });
      return judge(page, context, { pageUrl, country });
    },
  };
}

function judge(
  { outcome, memory: pageMemory }: PageVisit,
  { runtime, timeZone, memory: { counts = [] } }: SourceContext<NetflixMemory>,
  { pageUrl, country }: Required<NetflixOptions>,
): SourceVisit<SourceOutcome<Item>, NetflixMemory> {
  const memory = { ...pageMemory, ...(counts.length === 0 ? {} : { counts }) };
  if (outcome.kind !== 'page') return { outcome, memory };

  const good = { ...memory, ...outcome.validators };
  const page = readReleases(outcome.text);
  if (page.kind === 'empty') return { outcome: page, memory: good };
  if (page.kind === 'broken') return { outcome: { kind: 'broken', detail: page.reason }, memory };

  const judged = judgeReleases(page, { country, now: runtime.now(), timeZone, pageUrl });
  if (judged.kind === 'broken') return { outcome: judged, memory };

  const { items, leftOut } = judged;
  const usual = median(counts);
  // Counted even when it is too few, so that a smaller page becomes the usual one in the end.
  const nextCounts = [...counts, items.length].slice(-COUNTS_KEPT);
  if (items.length < usual * LEAST_SHARE_OF_USUAL) {
    const detail = `${items.length} titles where ${usual} are usual`;
    return { outcome: { kind: 'broken', detail }, memory: { ...memory, counts: nextCounts } };
  }
  const detail = [...(page.path === USUAL_PATH ? [] : [`rows found at ${page.path}`]), ...leftOut];
  return {
    outcome: {
      kind: 'items',
      items,
      ...(detail.length === 0 ? {} : { detail: detail.join('; ') }),
    },
    memory: { ...good, counts: nextCounts },
  };
}

/** The middle of the numbers, or the mean of the middle two; 0 of none. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return (lower + upper) / 2;
}

/** Netflix's own page. */
export function netflixSource({ read }: Pick<Bot, 'read'>): Source<Item, NetflixMemory> {
  return createNetflixSource({ pageUrl: read(titleSettings).pageUrl });
}

/** What stands in when Netflix's page fails; `null` when it is not configured. */
export function tmdbSource({ read }: Pick<Bot, 'read'>): Source<Item> | null {
  const { tmdbUrl: apiUrl, tmdbToken: token } = read(titleSettings);
  return token === null ? null : createTmdbSource({ apiUrl, token });
}
