import { countTold, toldToFollowers } from '../../bot/announce/alerts.ts';
import type { Bot } from '../../bot/context.ts';
import { createRoutes, type Routes } from '../../bot/http.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/job.ts';
import { type Schedule, weekly } from '../../bot/jobs/job.ts';
import type { Bulletin, Headline } from '../../bot/notice/notice.ts';
import { EVERYONE } from '../../bot/outbox/channel.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { loadPoster, publisherOf } from '../../bot/outbox/posters.ts';
import { unreachable } from '../../lib/result.ts';
import { say } from '../../lib/text.ts';
import { addDays, dayOf, type Language } from '../../lib/time.ts';
import { collectStage } from './collect.ts';
import { stageSettings } from './settings.ts';
import {
  announceProductions,
  type MovedProduction,
  type Production,
  posterOfProduction,
  type StoredProduction,
  unannouncedProductions,
} from './store.ts';
import { dotted, genreNames, POST, periodForPeople, periodOf, texts } from './texts.ts';

/** How long after its first day a production counts as newly opened. */
const NEW_DAYS = 2;
/** How long before its last day it counts as soon ending. */
const ENDING_DAYS = 3;
/** How far ahead an opening is worth a post. */
export const SOON_DAYS = 14;

/** Why a production is told now. */
type Reason = 'new' | 'ending' | 'soon' | 'on';

const ORDER: readonly Reason[] = ['new', 'ending', 'soon', 'on'];

/** Why a production would be told on a day; `null`: it is over, or too far ahead. */
export function reasonFor(
  { from, to }: Pick<Production, 'from' | 'to'>,
  today: string,
): Reason | null {
  if (to !== null && to < today) return null;
  if (from > today) return from <= addDays(today, SOON_DAYS) ? 'soon' : null;
  if (from >= addDays(today, -NEW_DAYS)) return 'new';
  return to !== null && to <= addDays(today, ENDING_DAYS) ? 'ending' : 'on';
}

/**
 * At most `limit` of the productions, those that just opened first, then those that end soon, then
 * those that open soon (the soonest first) and those that are on (the newest first).
 *
 * @param today `YYYY-MM-DD`
 */
export function chooseProductions<Candidate extends Pick<Production, 'from' | 'to'>>(
  candidates: readonly Candidate[],
  today: string,
  limit: number,
): readonly Candidate[] {
  const ranked = candidates.flatMap((candidate) => {
    const reason = reasonFor(candidate, today);
    return reason === null ? [] : [{ candidate, rank: ORDER.indexOf(reason), reason }];
  });
  return ranked
    .toSorted((one, other) => one.rank - other.rank || within(one, other))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

interface Ranked {
  readonly candidate: Pick<Production, 'from' | 'to'>;
  readonly reason: Reason;
}

function within({ candidate: one, reason }: Ranked, { candidate: other }: Ranked): number {
  switch (reason) {
    case 'soon':
      return compare(one.from, other.from);
    case 'ending':
      return compare(one.to ?? '', other.to ?? '');
    case 'new':
    case 'on':
      return compare(other.from, one.from);
    default:
      return unreachable(reason);
  }
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const ID = '/:id{\\d{1,15}}/poster';

/** Posters of productions for our own pages: KOPIS has them without https. */
export function posterRoutes(): Routes {
  const routes = createRoutes();
  routes.get(ID, async (context) => {
    const bot = context.get('bot');
    const id = Number(context.req.param('id'));
    const url = await posterOfProduction(bot.db, id);
    if (url === null) return context.notFound();
    const poster = await loadPoster(bot, { key: posterKey(id), url });
    if (!poster.ok) return context.notFound();
    return context.body(poster.value.bytes, 200, {
      'content-type': poster.value.type,
      'cache-control': 'public, max-age=86400',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
    });
  });
  return routes;
}

/** Under which people switch the news on. */
export const TOPIC = 'stage';
export const GENRES = ['play', 'musical'] as const;

/** How many productions a run posts. */
const MOST_POSTS = 12;
const CANDIDATES = 60;

const wednesday = weekly('wed', 1);
const saturday = weekly('sat', 1);

/** 10:00 in Korea on Wednesdays and Saturdays. */
export const stageSchedule: Schedule = (now) => Math.max(wednesday(now), saturday(now));

/**
 * Collects, posts what just opened or ends soon and was never announced, and tells it to those who
 * follow the stage. A production is handed over once, ever. When KOPIS fails nothing is posted: the
 * run has failed, and the next triggers make up for it.
 */
export async function stageJob(
  bot: Bot,
  { slot }: JobRun,
): Promise<JobEnd<'found' | 'changed' | 'posted' | 'told'>> {
  if (bot.read(stageSettings).key === null) {
    return { kind: 'done', counts: {}, reason: 'stage is off' };
  }
  const run = `stage@${slot}`;
  const collected = await collectStage(bot, slot, (moved) =>
    toldToFollowers(bot, {
      topic: TOPIC,
      // Known from then on, so that each is told by one try only.
      key: `stage-moved:${bot.runtime.now()}`,
      run: `${run}:told`,
      noticeOf: (choice, reader) => changes(moved, choice, reader),
      choices: GENRES,
    }),
  );
  if (!collected.ok) return { kind: 'failed', counts: {}, reason: collected.reason };
  const { found, changed } = collected;
  const today = dayOf(slot, bot.config.timeZone);
  const publisher = await publisherOf(bot);
  const chosen = chooseProductions(
    await unannouncedProductions(bot.db, {
      today,
      until: addDays(today, SOON_DAYS),
      limit: CANDIDATES,
    }),
    today,
    MOST_POSTS,
  );
  const { language } = bot.config;
  const posts = (publisher === null ? [] : chosen).map((production) => ({
    dedupeKey: `announce:stage:${production.id}`,
    channel: publisher?.channel ?? '',
    account: publisher?.account ?? '',
    address: EVERYONE,
    notice: JSON.stringify(postOf(production, language)),
    run,
  }));
  const ids = chosen.map(({ id }) => id);
  const news = toldToFollowers(bot, {
    topic: TOPIC,
    // Each is told once, ever, so the first names them all.
    key: `stage:${ids[0] ?? ''}`,
    run: `${run}:told`,
    noticeOf: (choice, reader) => tidings(chosen, choice, reader),
    choices: GENRES,
  });
  const given = await announceProductions(bot.db, posts, news, ids, bot.runtime.now());
  const told = collected.told + countTold(given);
  await wakeOutbox(bot);
  const reason = publisher === null && chosen.length > 0 ? 'no account is there to post' : null;
  return { kind: 'done', counts: { found, changed, posted: posts.length, told }, reason };
}

/** The post about a production, in the seed's words. */
function postOf(production: StoredProduction, language: Language): Headline {
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
function posterKey(id: number): string {
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
function changes(
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
