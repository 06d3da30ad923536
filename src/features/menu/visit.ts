import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { log } from '../../lib/log.ts';
import type { Runtime } from '../../lib/runtime.ts';
import { dayOf, SECOND_MS } from '../../lib/time.ts';
import { deleteSetting, writeSetting } from '../../store/settings.ts';
import { forgetSource, readSources, recordVisit } from '../../store/sources.ts';
import { cacheKeyOf, keep, recall, recallSince, schoolSourceOf } from './cache.ts';
import { menuSettings, type SchoolCodes } from './settings.ts';
import type { MenuPage } from './source/page.ts';
import type { MenuMemory, MenuOutcome, MenuSource, MenuVisit } from './source/types.ts';
import { menuSource, PAGE_SETTING, pageSource } from './sources.ts';

const PATIENCE_MS = 15 * SECOND_MS;

/** What a page would tell today, with the cells found on it. Nothing is written down. */
export async function previewMenuPage(bot: Bot, page: MenuPage): Promise<MenuVisit> {
  const today = dayOf(bot.runtime.now(), bot.config.timeZone);
  return tryMenu(bot, pageSource(bot, page), today, AbortSignal.timeout(PATIENCE_MS));
}

/** From now on the menu comes from this page. What was remembered of another one is forgotten. */
export async function saveMenuPage(bot: Bot, page: MenuPage): Promise<void> {
  await forgetPage(bot);
  await writeSetting(bot.db, PAGE_SETTING, page, bot.runtime.now());
}

/** From now on the menu comes from the school again, when there is one. */
export async function removeMenuPage(bot: Bot): Promise<void> {
  await deleteSetting(bot.db, PAGE_SETTING).run();
  await forgetPage(bot);
}

async function forgetPage({ db }: Bot): Promise<void> {
  await deleteSetting(db, cacheKeyOf('menu-page')).run();
  await forgetSource(db, 'menu-page').run();
}

/** What can be said of a day's menu; `off`: the owner has named no source. */
export type MenuAnswer = MenuOutcome | { readonly kind: 'off' };

/** States of a source as `/healthz` knows them. */
const STATES: Readonly<Record<MenuOutcome['kind'], string>> = {
  meals: 'items',
  none: 'empty',
  unavailable: 'unavailable',
  broken: 'broken',
  blocked: 'blocked',
};

/** How a visit ended, and what holds of the day all the same when an earlier one ended better. */
export interface Visited {
  readonly answer: MenuAnswer;
  readonly known: MenuAnswer;
}

/**
 * Asks the source itself for a day's menu and writes down how it was; not again once it has told.
 *
 * @param day `YYYY-MM-DD` in the owner's time zone
 * @param since what it told from then on still holds
 */
export async function visitMenu(bot: Bot, day: string, since: number): Promise<Visited> {
  const source = await menuSource(bot);
  if (source === null) return { answer: { kind: 'off' }, known: { kind: 'off' } };
  const told = await recallSince(bot.db, cacheKey(bot, source, null), day, since);
  return told === null ? visit(bot, source, day, null) : { answer: told, known: told };
}

/**
 * A day's menu for somebody who waits: as the source told it a while ago, else as it tells it before
 * `patience` ends.
 *
 * @param own their own school; `null`: the bot's source
 */
export async function askMenu(
  bot: Bot,
  day: string,
  patience: AbortSignal,
  own: SchoolCodes | null = null,
): Promise<MenuAnswer> {
  const source = await menuSource(bot, own);
  if (source === null) return { kind: 'off' };
  const key = cacheKey(bot, source, own);
  const known = await recall(bot.db, key, day, bot.runtime.now());
  if (known !== null) return known;
  if (own === null) return (await visit(bot, source, day, patience)).known;
  // Somebody's own school says nothing of how the bot's source is.
  const { outcome } = await tryMenu(bot, source, day, patience);
  return keep(bot.db, { source: key, day, outcome }, bot.runtime.now());
}

/** The menus of several days, each as {@link askMenu} has it. */
export async function askMenus(
  bot: Bot,
  days: readonly string[],
  patience: AbortSignal,
  own: SchoolCodes | null = null,
): Promise<MenuAnswer[]> {
  const answers: MenuAnswer[] = [];
  // One after the other: they share what is remembered of the source.
  for (const day of days) answers.push(await askMenu(bot, day, patience, own));
  return answers;
}

/** One visit that is not written down and remembers nothing, to try a source out. */
export async function tryMenu(
  bot: Bot,
  source: MenuSource,
  day: string,
  patience: AbortSignal,
): Promise<MenuVisit> {
  const { contact, timeZone } = bot.config;
  const runtime = until(bot.runtime, patience);
  return source.visit({ runtime, contact, timeZone, memory: {} }, { day });
}

async function visit(
  bot: Bot,
  source: MenuSource,
  day: string,
  patience: AbortSignal | null,
): Promise<Visited> {
  const { db, runtime, config } = bot;
  const record = (await readSources(db)).find(({ id }) => id === source.id);
  const { outcome, memory } = await source.visit(
    {
      runtime: patience === null ? runtime : until(runtime, patience),
      contact: config.contact,
      timeZone: config.timeZone,
      memory: readMemory(record?.memory),
    },
    { day },
  );
  const now = runtime.now();
  const visited = {
    answer: outcome,
    known: await keep(db, { source: cacheKey(bot, source, null), day, outcome }, now),
  };
  // That we did not wait long enough says nothing of the source.
  if (outcome.kind === 'unavailable' && patience?.aborted) return visited;
  const state = STATES[outcome.kind];
  const detail = 'detail' in outcome ? outcome.detail : null;
  if (state !== record?.state) log('source-state', { source: source.id, state, detail });
  await recordVisit(db, { id: source.id, state, detail, memory }, now).run();
  return visited;
}

function cacheKey({ read }: Bot, { id }: MenuSource, own: SchoolCodes | null): string {
  const school = own ?? read(menuSettings).school;
  return id === 'menu-neis' && school ? schoolSourceOf(school) : id;
}

/** A network that answers nothing any more once a signal has fired. */
function until(runtime: Runtime, signal: AbortSignal): Runtime {
  return {
    ...runtime,
    fetch: (request) =>
      runtime.fetch(new Request(request, { signal: AbortSignal.any([request.signal, signal]) })),
  };
}

const memorySchema: v.GenericSchema<unknown, MenuMemory> = v.object({
  etag: v.exactOptional(v.string()),
  lastModified: v.exactOptional(v.string()),
  robots: v.exactOptional(v.object({ text: v.string(), fetchedAt: v.number() })),
  failures: v.exactOptional(v.number()),
  notBefore: v.exactOptional(v.number()),
  cells: v.exactOptional(v.array(v.string())),
});

/** A memory of another version of the bot is no memory: the source starts afresh. */
function readMemory(memory: unknown): MenuMemory {
  const parsed = v.safeParse(memorySchema, memory);
  return parsed.success ? parsed.output : {};
}
