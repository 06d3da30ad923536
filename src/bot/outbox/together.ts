import { unreachable } from '../../lib/result.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import type { LeasedDelivery } from '../../store/leases.ts';
import { findPerson } from '../../store/people.ts';
import type { Bot } from '../context.ts';
import { MOST_WHOLE } from '../notice/newsTexts.ts';
import type { Digest, Notice } from '../notice/notice.ts';
import type { Channel } from './channel.ts';

type TextNotice = Extract<Notice, { kind: 'text' }>;
type Entry = Digest['entries'][number];

/** Longer, nobody reads it in a chat; the newest answer stays. */
const MOST_CHARACTERS = 1500;

/**
 * Several replies that waited for the same person as one message: what they asked last decides, older
 * answers stand before it as far as there is room. A question of the bot's that was overtaken is
 * over, and the same answer is not said twice. Much news of repositories becomes a digest.
 *
 * @param notices the oldest first, at least one
 */
function together(notices: readonly Notice[]): Notice {
  const newest = notices.at(-1);
  if (!newest) throw new RangeError('nothing to say');
  if (newest.kind !== 'text') {
    const entries = notices.flatMap(entriesOf);
    const { language } = newest;
    return notices.length === 1 ? newest : { kind: 'digest', language, entries };
  }
  const said = [newest];
  let length = newest.text.length;
  for (const older of notices.slice(0, -1).toReversed()) {
    if (older.kind !== 'text' || older.isQuestion) continue;
    if (said.some(({ text }) => text === older.text)) continue;
    length += older.text.length + 2;
    if (length > MOST_CHARACTERS) break;
    said.unshift(older);
  }
  return {
    ...newest,
    text: said.map(({ text }) => text).join('\n\n'),
    links: uniqueLinks(said),
  };
}

/** What one message tells of what was taken for it. */
interface Part {
  readonly notice: Notice;
  /** How many of the oldest rows it tells of. */
  readonly rows: number;
  /** What it has no room for of the last of them. */
  readonly rest: Digest | null;
}

/**
 * As much as one message has room for. Of much news fewer pieces are told whole and the others named;
 * what does not even fit so is for the next message. One piece alone is told as far as there is room.
 *
 * @param notices the oldest first, at least one
 */
export function partOf(notices: readonly Notice[], holds: Channel['holds'] = () => true): Part {
  const notice = together(notices);
  const all = { notice, rows: notices.length, rest: null };
  if (notice.kind !== 'digest' || holds(notice)) return all;
  const { whole: _, ...digest } = notice;
  if (holds({ ...digest, whole: 0 })) {
    const whole = most(MOST_WHOLE - 1, (count) => holds({ ...digest, whole: count }));
    return { ...all, notice: { ...digest, whole } };
  }
  const named = (entries: readonly Entry[]): Digest => ({ ...digest, whole: 0, entries });
  const ofRows = (count: number) => named(notices.slice(0, count).flatMap(entriesOf));
  const rows = most(notices.length - 1, (count) => holds(ofRows(count)));
  if (rows > 0) return { notice: ofRows(rows), rows, rest: null };
  const { entries } = ofRows(1);
  const told = Math.max(
    1,
    most(entries.length - 1, (count) => holds(named(entries.slice(0, count)))),
  );
  const left = entries.slice(told);
  const rest = left.length === 0 ? null : { ...digest, entries: left };
  return { notice: named(entries.slice(0, told)), rows: 1, rest };
}

/** The largest number from 1 to a limit for which something holds, as for all below; else 0. */
function most(limit: number, holds: (count: number) => boolean): number {
  let [good, bad] = [0, limit + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (holds(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

function entriesOf(notice: Notice): readonly Entry[] {
  switch (notice.kind) {
    case 'digest':
      return notice.entries;
    case 'commits':
    case 'release':
    case 'repository':
      return [notice];
    // None of these goes out under the topic of news.
    case 'bulletin':
    case 'menu':
    case 'text':
      return [];
    default:
      return unreachable(notice);
  }
}

/** The links of a text, those that last for minutes only made anew: it may have waited for hours. */
export async function freshLinks(
  bot: Bot,
  { channel, address, createdAt }: LeasedDelivery,
  said: Notice,
): Promise<Notice> {
  const isNew = bot.runtime.now() - createdAt < MINUTE_MS;
  if (said.kind !== 'text' || isNew) return said;
  if (said.links.every(({ made }) => made === undefined)) return said;
  const person = await findPerson(bot.db, channel, address);
  const links = await Promise.all(
    said.links.map(async (link) => {
      const makers = bot.platforms.flatMap(({ links: made = {} }) => made[link.made ?? ''] ?? []);
      const url = person === null ? null : await makers[0]?.(bot, person);
      return { label: link.label, url: url ?? link.url };
    }),
  );
  return { ...said, links };
}

function uniqueLinks(notices: readonly TextNotice[]): TextNotice['links'] {
  const links = new Map(
    notices.flatMap((one) => one.links).map((link) => [JSON.stringify(link), link]),
  );
  return [...links.values()];
}
