import * as v from 'valibot';
import type { Answer } from '../../../lib/outbound.ts';
import { jsonOf, retryAfterMs, send } from '../../../lib/outbound.ts';
import type { Runtime } from '../../../lib/runtime.ts';
import { isDay, SECOND_MS } from '../../../lib/time.ts';
import { isReadable } from '../../../lib/web/publicAddress.ts';

const LIMITS = { timeoutMs: 10 * SECOND_MS, maxBytes: 1_000_000 };

/** TMDB's numbers for Netflix: as a network of series, and as a provider of films. */
const NETFLIX_NETWORK = '213';
const NETFLIX_PROVIDER = '8';

const PICTURE_BASE = 'https://image.tmdb.org/t/p/w500';

/** TMDB's terms ask for the first sentence; those on watch providers for naming JustWatch. */
export const TMDB_ATTRIBUTION = {
  ko: '이 제품은 TMDB와 TMDB API를 사용하지만, TMDB의 보증이나 인증, 그 밖의 승인을 받지 않았습니다. 시청 정보 제공: JustWatch',
  en: 'This product uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise approved by TMDB. Watch provider data by JustWatch.',
} as const;

const idSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const nameSchema = v.pipe(v.string(), v.regex(/\S/));
const daySchema = v.pipe(v.string(), v.check(isDay));
const posterSchema = v.optional(v.nullable(v.string()));

const rowSchemas = {
  tv: v.pipe(
    v.object({
      id: idSchema,
      name: nameSchema,
      first_air_date: daySchema,
      poster_path: posterSchema,
    }),
    v.transform(({ id, name, first_air_date: day, poster_path }) => {
      return { id, title: name, day, posterUrl: pictureUrl(poster_path) };
    }),
  ),
  movie: v.pipe(
    v.object({
      id: idSchema,
      title: nameSchema,
      release_date: daySchema,
      poster_path: posterSchema,
    }),
    v.transform(({ id, title, release_date: day, poster_path }) => {
      return { id, title, day, posterUrl: pictureUrl(poster_path) };
    }),
  ),
} as const;

const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const pageSchema = v.object({
  results: v.array(v.unknown()),
  total_pages: countSchema,
  total_results: countSchema,
});

export type DiscoverKind = 'tv' | 'movie';

/** A series (its first day on air) or a film (its release). `day` is `YYYY-MM-DD`. */
export interface DiscoveredRow {
  readonly id: number;
  readonly title: string;
  readonly day: string;
  readonly posterUrl: string | null;
  /** The row as it came. */
  readonly raw: unknown;
}

export type DiscoverOutcome =
  | {
      readonly kind: 'page';
      readonly rows: readonly DiscoveredRow[];
      /** Rows that could not be read. */
      readonly skipped: number;
      readonly totalPages: number;
      readonly totalResults: number;
    }
  | { readonly kind: 'auth'; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'broken'; readonly detail: string };

export interface DiscoverRequest {
  readonly runtime: Pick<Runtime, 'fetch' | 'now'>;
  /** Such as `https://api.themoviedb.org/3`. */
  readonly apiUrl: string;
  /** The v4 read access token. */
  readonly token: string;
  readonly kind: DiscoverKind;
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
  readonly page: number;
}

/**
 * One page of Netflix's series, or of films that Netflix in Korea carries, with Korean titles, by
 * date (TMDB docs: discover/tv, discover/movie). Films are few: one is listed as Netflix's only
 * once it is there.
 */
export async function discoverOnNetflix(request: DiscoverRequest): Promise<DiscoverOutcome> {
  const { runtime, token, kind } = request;
  if (!/^[\x21-\x7e]+$/.test(token)) return { kind: 'auth', detail: 'the TMDB token is missing' };
  const url = URL.parse(`${request.apiUrl.replace(/\/+$/, '')}/discover/${kind}`);
  if (url === null || !isReadable(url)) {
    return { kind: 'broken', detail: 'the TMDB address is not a web address' };
  }
  url.search = query(request).toString();
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  const answer = await send(runtime, new Request(url, { headers }), LIMITS);
  if ('failed' in answer) {
    return answer.failed === 'too-large'
      ? { kind: 'broken', detail: `TMDB answers over ${LIMITS.maxBytes} bytes` }
      : { kind: 'unavailable', detail: `no answer from TMDB (${answer.failed})` };
  }
  return readDiscovered(answer, kind, runtime.now());
}

function query({ kind, from, to, page }: DiscoverRequest): URLSearchParams {
  const common = { language: 'ko-KR', include_adult: 'false', page: String(page) };
  if (kind === 'tv') {
    return new URLSearchParams({
      ...common,
      with_networks: NETFLIX_NETWORK,
      'first_air_date.gte': from,
      'first_air_date.lte': to,
      sort_by: 'first_air_date.asc',
    });
  }
  return new URLSearchParams({
    ...common,
    with_watch_providers: NETFLIX_PROVIDER,
    watch_region: 'KR',
    region: 'KR',
    'primary_release_date.gte': from,
    'primary_release_date.lte': to,
    sort_by: 'primary_release_date.asc',
  });
}

function readDiscovered(answer: Answer, kind: DiscoverKind, now: number): DiscoverOutcome {
  const { status, headers } = answer;
  const detail = `TMDB answers ${status}`;
  if (status === 401) return { kind: 'auth', detail: 'TMDB refuses the token' };
  if (status === 429 || status >= 500) {
    const waitMs = retryAfterMs(headers, now);
    const wait = waitMs === undefined ? {} : { retryAfterMs: waitMs };
    return { kind: 'unavailable', detail, ...wait };
  }
  if (status !== 200) return { kind: 'broken', detail };
  const page = v.safeParse(pageSchema, jsonOf(answer));
  if (!page.success) return { kind: 'broken', detail: 'TMDB answers in another form' };
  const { results, total_pages: totalPages, total_results: totalResults } = page.output;
  const rows = results.flatMap((raw) => {
    const row = v.safeParse(rowSchemas[kind], raw);
    return row.success ? [{ ...row.output, raw }] : [];
  });
  return { kind: 'page', rows, skipped: results.length - rows.length, totalPages, totalResults };
}

function pictureUrl(path: string | null | undefined): string | null {
  return /^\/[\w.-]+$/.test(path ?? '') ? `${PICTURE_BASE}${path}` : null;
}
