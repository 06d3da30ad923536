import * as v from 'valibot';
import {
  type Alerts,
  type Announcement,
  alertsIntent,
  countTold,
  toldToFollowers,
} from '../../bot/announce/alerts.ts';
import type { Bot } from '../../bot/context.ts';
import type { JobEnd, JobRun } from '../../bot/jobs/job.ts';
import type { Bulletin } from '../../bot/notice/notice.ts';
import { wakeOutbox } from '../../bot/outbox/drain.ts';
import { say, type Text } from '../../lib/text.ts';
import { dayForPeople, dayOf, type Language } from '../../lib/time.ts';
import { readSetting, writeSettings } from '../../store/settings.ts';
import { fullTitle, NETFLIX_SOURCES, type StoredItem, upcomingItems } from './store/items.ts';

/** Under which people hear of what comes each week, and of dates that move. */
const TOPIC = 'netflix';
/** Under which they hear of it in the morning of the day itself. */
const TODAY_TOPIC = 'netflix-today';
const MOST_TITLES = 60;

/** A title that was announced for another day. */
export interface MovedTitle {
  readonly title: string;
  readonly was: string;
  readonly now: string;
}

const texts = {
  coming: { ko: '넷플릭스에 새로 나올 작품 {count}편이에요.', en: 'Coming to Netflix: {count}' },
  moved: { ko: '넷플릭스 공개일이 바뀌었어요.', en: 'A date on Netflix has changed.' },
  movedTo: { ko: '{was}에서 {now}로', en: 'from {was} to {now}' },
  today: { ko: '오늘 넷플릭스에 나와요.', en: 'On Netflix today' },
} as const satisfies Record<string, Text>;

type Entry = Bulletin['entries'][number];

function bulletin(head: Text, language: Language, entries: readonly Entry[]): Bulletin | null {
  if (entries.length === 0) return null;
  const said = say(head, language, { count: entries.length });
  return { kind: 'bulletin', language, head: said, entries, link: null };
}

/**
 * What those who follow are told of titles that are to come: those of a Saturday's posts, or one that
 * the owner posted before.
 *
 * @param slot epoch milliseconds, what is "now" there
 * @param run as `job@slot`
 */
export function comingNews(
  { config }: Pick<Bot, 'config'>,
  { slot, run }: { readonly slot: number; readonly run: string },
  items: readonly StoredItem[],
): Announcement {
  const today = dayOf(slot, config.timeZone);
  return {
    topic: TOPIC,
    // Each is told once, ever, so the first names them all.
    key: `netflix:${items[0]?.id ?? ''}`,
    run: `${run}:told`,
    noticeOf: (_kind, language) => comingNotice(items, today, language),
  };
}

/** Key: titles that followers heard of though they were not posted yet, by id. */
const TOLD_SETTING = 'netflix-told';

/** The titles among these that followers have not heard of. */
export async function untold(
  { db }: Pick<Bot, 'db'>,
  items: readonly StoredItem[],
): Promise<readonly StoredItem[]> {
  const told = (await readSetting(db, TOLD_SETTING, v.array(v.number()))) ?? [];
  return items.filter(({ id }) => !told.includes(id));
}

/** Tells those who follow what is to come where there is no account to post it. */
export async function tellWithoutPosts(
  bot: Bot,
  slot: number,
  items: readonly StoredItem[],
): Promise<void> {
  const news = comingNews(bot, { slot, run: `netflix-weekly@${slot}` }, await untold(bot, items));
  const told = toldToFollowers(bot, news);
  if (told.length === 0) return;
  const ids = items.map(({ id }) => id);
  const now = bot.runtime.now();
  await bot.db.batch([...told, writeSettings(bot.db, new Map([[TOLD_SETTING, ids]]), now)]);
  await wakeOutbox(bot);
}

/** What is to come, as it is told; `null` when nothing is. */
export function comingNotice(
  items: readonly StoredItem[],
  today: string,
  language: Language,
): Bulletin | null {
  return bulletin(
    texts.coming,
    language,
    items.map((item) => ({
      title: fullTitle(item),
      lines: [dayForPeople(item.startsOn, today, language)],
      url: item.pageUrl,
    })),
  );
}

/** What those who follow are told of announced titles that come on another day. */
export function movedNews(
  { config, runtime }: Pick<Bot, 'config' | 'runtime'>,
  slot: number,
  moved: readonly MovedTitle[],
): Announcement {
  const today = dayOf(slot, config.timeZone);
  return {
    topic: TOPIC,
    // Known from then on, so that each is told by one try only.
    key: `netflix-moved:${runtime.now()}`,
    run: `collect@${slot}:told`,
    noticeOf: (_kind, language) =>
      bulletin(
        texts.moved,
        language,
        moved.map(({ title, was, now }) => ({
          title,
          lines: [
            say(texts.movedTo, language, {
              was: dayForPeople(was, today, language),
              now: dayForPeople(now, today, language),
            }),
          ],
          url: null,
        })),
      ),
  };
}

/** In the morning: tells whoever wants it what comes out today. */
export async function titlesToday(bot: Bot, { slot }: JobRun): Promise<JobEnd<'titles' | 'told'>> {
  const today = dayOf(slot, bot.config.timeZone);
  const items = await upcomingItems(bot.db, NETFLIX_SOURCES, today, today, MOST_TITLES);
  const news = toldToFollowers(bot, {
    topic: TODAY_TOPIC,
    key: `netflix-today:${today}`,
    run: `netflix-today@${slot}`,
    noticeOf: (_kind, language) =>
      bulletin(
        texts.today,
        language,
        items.map((item) => ({ title: fullTitle(item), lines: [], url: item.pageUrl })),
      ),
  });
  const told = news.length === 0 ? 0 : countTold(await bot.db.batch(news));
  if (told > 0) await wakeOutbox(bot);
  return { kind: 'done', counts: { titles: items.length, told }, reason: null };
}

const alerts: Alerts = {
  topic: TODAY_TOPIC,
  name: { ko: '넷플릭스 오늘 알림', en: 'netflix today alerts' },
  concepts: 'titletoday',
  about: {
    ko: '작품이 나오는 날 아침 9시에 알려 드려요.',
    en: 'You hear of a title at 09:00 on the day it comes out.',
  },
};

/** `넷플릭스 오늘 알림 켜기`. */
export const titlesTodayAlerts = alertsIntent(alerts);
