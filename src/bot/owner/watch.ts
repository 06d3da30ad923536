import * as v from 'valibot';
import { errorCode, log } from '../../lib/log.ts';
import { say, type Text, withCommas } from '../../lib/text.ts';
import { DAY_MS, HOUR_MS, type Language, MINUTE_MS } from '../../lib/time.ts';
import { waitingOfRun } from '../../store/deliveries.ts';
import { countSent } from '../../store/deliveryList.ts';
import {
  closeIncident,
  countIncidents,
  type Incident,
  openIncident,
  openIncidents,
} from '../../store/incidents.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { tellTopic } from '../../store/topics.ts';
import type { Bot } from '../context.ts';
import { publicUrlOf } from '../http.ts';
import type { JobEnd, JobRun } from '../jobs/job.ts';
import type { Notice } from '../notice/notice.ts';
import { deliverNow } from '../outbox/drain.ts';
import type { Platform } from '../platform.ts';
import { findTroubles, LATE_MS } from './machine.ts';
import { ownerTexts, type Trouble } from './words.ts';

const SETTING = 'owner-weekly';

/** Whether the owner wants to hear once a week that all is well. */
export async function isWeeklyWanted(db: D1Database): Promise<boolean> {
  return (await readSetting(db, SETTING, v.boolean())) === true;
}

export async function wantWeekly({ db, runtime }: Bot, isWanted: boolean): Promise<void> {
  await writeSetting(db, SETTING, isWanted, runtime.now());
}

/** Saturday morning: says that all is well, when it is and the owner wants to hear it. */
export async function tellAllIsWell(bot: Bot, { slot }: JobRun): Promise<JobEnd<'told'>> {
  const { db, runtime } = bot;
  const isWell = (await openIncidents(db)).length === 0;
  if (!isWell || !(await isWeeklyWanted(db))) return { kind: 'done', counts: {}, reason: null };
  const since = runtime.now() - 7 * DAY_MS;
  const values = {
    sent: withCommas(await countSent(db, since)),
    incidents: await countIncidents(db, since),
  };
  const notice = (language: 'ko' | 'en') =>
    JSON.stringify({
      kind: 'text',
      language,
      text: say(ownerTexts.well, language, values),
      suggestions: [],
      links: [],
    });
  const { meta } = await tellTopic(
    db,
    {
      topic: 'owner',
      key: `well:${slot}`,
      channels: [...bot.channels.keys()],
      notices: { ko: notice('ko'), en: notice('en') },
      run: `owner-weekly@${slot}`,
    },
    runtime.now(),
  ).run();
  return { kind: 'done', counts: { told: meta.changes }, reason: null };
}

/** Key: the newest slot in which the watch could write. */
export const WATCHED_SETTING = 'watched';

/** Enough for an owner's chats; a queue that works sends the rest. */
const MOST_AT_ONCE = 10;

/**
 * Every half hour: looks for what is wrong, opens and closes incidents, and tells the owner's chats
 * of each once. It needs no queue, so that a dead queue is noticed and told all the same.
 *
 * @param slot epoch milliseconds at which the trigger was due: a doubled one tells nothing twice
 */
export async function watch(bot: Bot, slot: number): Promise<void> {
  const { db, runtime } = bot;
  await Promise.all(bot.platforms.map((platform) => probe(bot, platform)));
  const lastAt = await readSetting(db, WATCHED_SETTING, v.number());
  await writeSetting(db, WATCHED_SETTING, slot, runtime.now());
  const [troubles, open, origin] = await Promise.all([
    findTroubles(bot, runtime.now()),
    openIncidents(db),
    publicUrlOf(bot),
  ]);
  const known = new Set(open.map(({ key }) => key));
  const wrong = new Set(troubles.map(({ key }) => key));
  // A sweep that is late because nothing ran at all, or nothing can be queued, is no news of its own.
  const isExplained =
    wrong.has('queue') || known.has('queue') || (lastAt !== null && slot - lastAt > LATE_MS);
  const opened = troubles.filter(({ key }) => !known.has(key) && !(key === 'sweep' && isExplained));
  const closed = open.filter(({ key }) => !wrong.has(key));
  if (opened.length === 0 && closed.length === 0) return;

  const run = `watch@${slot}`;
  const tell = (key: string, textOf: (language: Language) => string, page: string) =>
    tellTopic(
      db,
      {
        topic: 'owner',
        key,
        channels: [...bot.channels.keys()],
        notices: {
          ko: JSON.stringify(noticeOf(textOf('ko'), 'ko', origin, page)),
          en: JSON.stringify(noticeOf(textOf('en'), 'en', origin, page)),
        },
        run,
      },
      runtime.now(),
    );
  await db.batch([
    ...opened.flatMap((trouble) => [
      openIncident(db, trouble, runtime.now()),
      tell(`opened:${trouble.key}:${slot}`, openedText(trouble), trouble.page),
    ]),
    ...closed.flatMap((incident) => [
      closeIncident(db, incident.id, runtime.now()),
      tell(`closed:${incident.id}`, closedText(incident, runtime.now()), incident.page),
    ]),
  ]);
  for (const { key, reason } of opened) log('incident-opened', { key, reason });
  for (const { key, reason } of closed) log('incident-closed', { key, reason });
  await tellNow(bot, run);
}

/** A platform that cannot be asked says nothing about what was set up there. */
async function probe(bot: Bot, platform: Platform): Promise<void> {
  try {
    await platform.probe?.(bot);
  } catch (cause) {
    log('probe-failed', { platform: platform.id, code: errorCode(cause) });
  }
}

/** Sends what a run told at once: the queue may be what is wrong. */
async function tellNow(bot: Bot, run: string): Promise<void> {
  for (const delivery of (await waitingOfRun(bot.db, run)).slice(0, MOST_AT_ONCE)) {
    try {
      await deliverNow(bot, delivery);
    } catch (cause) {
      log('owner-not-told', { id: delivery.id, code: errorCode(cause) });
    }
  }
}

function openedText({ what, advice }: Trouble): (language: Language) => string {
  return (language) =>
    say(ownerTexts.opened, language, { what: what[language], advice: advice[language] });
}

function closedText({ what, openedAt }: Incident, now: number): (language: Language) => string {
  return (language) =>
    say(ownerTexts.closed, language, {
      what: what[language],
      minutes: durationText(now - openedAt, language),
    });
}

/** Such as `90분`, `5시간`, `3 days`. */
export function durationText(ms: number, language: Language): string {
  const units: readonly (readonly [number, Text])[] = [
    [2 * DAY_MS, ownerTexts.days],
    [2 * HOUR_MS, ownerTexts.hours],
    [0, ownerTexts.minutes],
  ];
  const sizes = [DAY_MS, HOUR_MS, MINUTE_MS];
  const index = units.findIndex(([least]) => ms >= least);
  const [, text] = units[index] ?? [0, ownerTexts.minutes];
  return say(text, language, { count: Math.round(ms / (sizes[index] ?? MINUTE_MS)) });
}

function noticeOf(text: string, language: Language, origin: string | null, page: string): Notice {
  return {
    kind: 'text',
    language,
    text,
    suggestions: [],
    links:
      origin === null
        ? []
        : [{ label: ownerTexts.look[language], url: new URL(page, origin).href }],
  };
}
