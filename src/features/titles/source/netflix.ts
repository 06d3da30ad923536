import type { Source, SourceContext, SourceVisit } from '../../../bot/source/types.ts';
import type { PageVisit } from '../../../lib/web/polite.ts';
import { politeGet } from '../../../lib/web/polite.ts';
import { readReleases } from '../api/netflixPage.ts';
import { judgeReleases } from './netflixItems.ts';

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

/**
 * Upcoming titles from Netflix's own page. A page that is not as expected in any respect is
 * `broken`, and is read in full again next time: only a good page's ETag is remembered.
 */
export function createNetflixSource({ pageUrl, country = 'KR' }: NetflixOptions): Source {
  return {
    id: 'netflix',
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
  { runtime, timeZone, memory: { counts = [] } }: SourceContext,
  { pageUrl, country }: Required<NetflixOptions>,
): SourceVisit {
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
