import { pageMemory, type Source, type SourceOutcome } from '../../../bot/source/source.ts';
import { addDays } from '../../../lib/time.ts';
import { backOff } from '../../../lib/web/polite.ts';
import type { DiscoveredRow, DiscoverKind, DiscoverRequest } from '../api/discover.ts';
import { discoverOnNetflix } from '../api/discover.ts';
import { cleanTitle, type Item } from '../store/items.ts';

const EARLIEST_DAYS = -2;
const LATEST_DAYS = 21;
const MAX_PAGES = 2;
const READABLE_SHARE = 0.95;

export interface TmdbOptions {
  /** Such as `https://api.themoviedb.org/3`. */
  readonly apiUrl: string;
  /** The v4 read access token. */
  readonly token: string;
}

type Listing = Exclude<SourceOutcome<Item>, { readonly kind: 'not-modified' | 'blocked' }>;
type DiscoverQuery = Omit<DiscoverRequest, 'kind' | 'page'>;

/**
 * Netflix's titles as TMDB knows them, for when Netflix's own page fails. Series make the outcome;
 * films are few there, and a failure of theirs is only told beside the series.
 */
export function createTmdbSource({ apiUrl, token }: TmdbOptions): Source<Item> {
  return {
    id: 'tmdb',
    memory: pageMemory,
    visit: async ({ runtime, timeZone, day: today, memory }) => {
      const waitMs = (memory.notBefore ?? 0) - runtime.now();
      if (waitMs > 0) {
        const detail = 'waiting after earlier failures';
        return { outcome: { kind: 'unavailable', detail, retryAfterMs: waitMs }, memory };
      }
      const from = addDays(today, EARLIEST_DAYS);
      const to = addDays(today, LATEST_DAYS);
      const query = { runtime, apiUrl, token: token.trim(), from, to };
      const series = await list('tv', query);
      const outcome =
        series.kind === 'items' || series.kind === 'empty'
          ? together(series, await list('movie', query))
          : series;
      if (outcome.kind !== 'unavailable') return { outcome, memory: {} };
      const wait = backOff({ runtime, timeZone, memory, statedMs: outcome.retryAfterMs });
      const retryAfterMs = wait.notBefore - runtime.now();
      return { outcome: { ...outcome, retryAfterMs }, memory: wait };
    },
  };
}

async function list(kind: DiscoverKind, query: DiscoverQuery): Promise<Listing> {
  const rows: DiscoveredRow[] = [];
  let skipped = 0;
  let totalPages = 1;
  for (let page = 1; page <= Math.min(totalPages, MAX_PAGES); page += 1) {
    const found = await discoverOnNetflix({ ...query, kind, page });
    if (found.kind !== 'page') return found;
    if (found.totalResults === 0 && found.rows.length + found.skipped === 0) {
      return { kind: 'empty' };
    }
    totalPages = found.totalPages;
    skipped += found.skipped;
    rows.push(...found.rows);
  }
  return judge(kind, rows, skipped, query);
}

function judge(
  kind: DiscoverKind,
  rows: readonly DiscoveredRow[],
  skipped: number,
  { from, to }: DiscoverQuery,
): Listing {
  const total = rows.length + skipped;
  if (total === 0) return { kind: 'broken', detail: `TMDB ${kind}: no rows and no total of 0` };
  const readable = rows.flatMap((row) => itemOf(kind, row) ?? []);
  const unreadable = `TMDB ${kind}: ${total - readable.length} of ${total} rows unreadable`;
  if (readable.length < total * READABLE_SHARE) return { kind: 'broken', detail: unreadable };
  const near = readable.filter(({ startsOn }) => startsOn >= from && startsOn <= to);
  if (near.length <= readable.length / 2) {
    return { kind: 'broken', detail: `TMDB ${kind}: most days are not in ${from} to ${to}` };
  }
  const items = new Map(near.map((item) => [item.sourceId, item]));
  return { kind: 'items', items: [...items.values()] };
}

function itemOf(kind: DiscoverKind, row: DiscoveredRow): Item | null {
  const title = cleanTitle(row.title);
  if (title === null) return null;
  return {
    source: 'tmdb',
    sourceId: `${kind}:${row.id}`,
    title,
    kind: kind === 'tv' ? 'series' : 'film',
    startsOn: row.day,
    ...(row.posterUrl === null ? {} : { posterUrl: row.posterUrl }),
    posterShape: row.posterUrl === null ? 'unknown' : 'portrait',
    pageUrl: `https://www.themoviedb.org/${kind}/${row.id}`,
    raw: row.raw,
  };
}

function together(
  series: Extract<Listing, { readonly kind: 'items' | 'empty' }>,
  films: Listing,
): SourceOutcome<Item> {
  if (series.kind === 'empty') return films;
  if (films.kind === 'empty') return series;
  if (films.kind === 'items') return { kind: 'items', items: [...series.items, ...films.items] };
  return { ...series, detail: `no films: ${films.detail}` };
}
