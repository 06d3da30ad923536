import type { Bot } from '../../bot/context.ts';
import { inBatches } from '../../lib/batches.ts';
import { freshOf, keepAll, readCaches, type Said, schoolSourceOf } from './cache.ts';
import type { SchoolCodes } from './settings.ts';
import type { MenuOutcome } from './source/types.ts';
import { schoolSource } from './sources.ts';

/** An invocation has 50 calls, of which the bot's own source and lists of friends take some. */
const MOST_ASKED = 25;
/** A Worker has no more connections at a time; NEIS gets 10 seconds for each. */
const AT_ONCE = 6;

/** What the schools say that people chose for themselves. */
interface SchoolMenus {
  /** By {@link schoolSourceOf}; a school that was not asked yet is not in it. */
  readonly answers: ReadonlyMap<string, MenuOutcome>;
  /** What those said that were asked now. */
  readonly asked: readonly MenuOutcome[];
  /** How many are left for the next try. */
  readonly left: number;
}

/**
 * A day's menus of many schools, by one query and one statement: what they said a while ago, and of
 * the others as many as one invocation may ask, first those that were asked longest ago.
 */
export async function askSchools(
  bot: Bot,
  day: string,
  schools: readonly SchoolCodes[],
): Promise<SchoolMenus> {
  if (schools.length === 0) return { answers: new Map(), asked: [], left: 0 };
  const { db, runtime } = bot;
  const bySource = new Map(schools.map((school) => [schoolSourceOf(school), school] as const));
  const caches = await readCaches(db, [...bySource.keys()]);
  const now = runtime.now();
  const looked = [...bySource].map(([source, school]) => {
    const cache = caches.get(source) ?? [];
    const askedAt = cache.find((one) => one.day === day)?.at ?? 0;
    return { source, school, askedAt, known: freshOf(cache, day, now) };
  });
  const missing = looked
    .filter(({ known }) => known === null)
    .toSorted((one, other) => one.askedAt - other.askedAt);
  const said: Said[] = [];
  for (const some of inBatches(missing.slice(0, MOST_ASKED), AT_ONCE)) {
    said.push(
      ...(await Promise.all(
        some.map(async ({ source, school }) => {
          const outcome = await askSchool(bot, day, school);
          return { source, day, outcome };
        }),
      )),
    );
  }
  const known = looked.flatMap((one) => (one.known ? [[one.source, one.known] as const] : []));
  const kept = await keepAll(db, caches, said, runtime.now());
  return {
    answers: new Map([...known, ...kept]),
    asked: said.map(({ outcome }) => outcome),
    left: missing.length - said.length,
  };
}

/** Another person's school says nothing of how the bot's own source is. */
async function askSchool(bot: Bot, day: string, school: SchoolCodes): Promise<MenuOutcome> {
  const { runtime, config } = bot;
  const { contact, timeZone } = config;
  const context = { runtime, contact, timeZone, memory: {} };
  return (await schoolSource(bot, school).visit(context, { day })).outcome;
}
