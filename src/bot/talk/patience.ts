import { sha256Hex } from '../../lib/encoding.ts';
import { HOUR_MS, type Language, MINUTE_MS, minuteOf } from '../../lib/time.ts';
import { type Allowance, countUse, forgetUse, whoIs } from '../../store/patience.ts';
import type { Person } from '../../store/people.ts';
import type { Bot } from '../context.ts';

/** Answers to one person, where their channel says nothing else. */
export const ANSWERS: Allowance = { most: 12, perMs: MINUTE_MS };

/** What people may have the bot ask elsewhere: one of them, and all together. */
const KINDS = {
  /** Look-ups at GitHub; the rest of its 5,000 points an hour is for what people watch. */
  lookup: { each: { most: 25, perMs: HOUR_MS }, all: { most: 2000, perMs: HOUR_MS } },
} as const satisfies Record<string, Readonly<Record<'each' | 'all', Allowance>>>;

const LOOP_MS = 10 * MINUTE_MS;
/** The same words that nobody understands are answered once, and so many different ones in a row. */
const UNKNOWN_AGAIN: Allowance = { most: 1, perMs: LOOP_MS };
const UNKNOWN: Allowance = { most: 3, perMs: LOOP_MS };
/** Words that are understood are answered so often. */
const SAME: Allowance = { most: 2, perMs: LOOP_MS };

/** Somebody wants something that costs: true while they may. */
export async function hasPatience(
  { db, runtime }: Pick<Bot, 'db' | 'runtime'>,
  { channel, address }: Pick<Person, 'channel' | 'address'>,
  kind: keyof typeof KINDS,
): Promise<boolean> {
  const { each, all } = KINDS[kind];
  const who = await whoIs(channel, address);
  const theirs = await countUse(db, { who, kind }, each, runtime.now());
  if (theirs.used > each.most) return false;
  const everybodys = await countUse(db, { who: '*', kind }, all, runtime.now());
  return everybodys.used <= all.most;
}

/** What is said once to somebody who asks too much, before nothing is said. */
export function slowDownText(until: number, language: Language, timeZone: string): string {
  const at = clockTime(until, timeZone);
  return language === 'ko'
    ? `잠깐만요, 한꺼번에 많이 물어보셨어요. ${at}에 이어서 답할게요.`
    : `One moment, that was a lot at once. I will go on answering at ${at}.`;
}

/** Said with the last message for a while. */
export function goesOnText(at: number, language: Language, timeZone: string): string {
  const time = clockTime(at, timeZone);
  return language === 'ko' ? `${time}에 이어서 답할게요.` : `I will go on answering at ${time}.`;
}

/** The first full minute at which an instant is over. */
function clockTime(at: number, timeZone: string): string {
  return minuteOf(Math.ceil(at / MINUTE_MS) * MINUTE_MS, timeZone).slice(11);
}

/**
 * Whether words are to be left without an answer where another machine may be talking, as they come
 * again and again.
 *
 * @param isUnderstood false: they got the hint
 */
export async function isLoop(
  { db, runtime }: Pick<Bot, 'db' | 'runtime'>,
  who: string,
  said: string,
  isUnderstood: boolean,
): Promise<boolean> {
  const now = runtime.now();
  const words = (await sha256Hex(said.trim())).slice(0, 16);
  if (isUnderstood) {
    await forgetUse(db, who, 'unknown').run();
    const same = { who, kind: `same:${words}` };
    return (await countUse(db, same, SAME, now)).used > SAME.most;
  }
  const again = await countUse(db, { who, kind: `unknown:${words}` }, UNKNOWN_AGAIN, now);
  if (again.used > UNKNOWN_AGAIN.most) return true;
  const unknown = await countUse(db, { who, kind: 'unknown' }, UNKNOWN, now);
  return unknown.used > UNKNOWN.most;
}
