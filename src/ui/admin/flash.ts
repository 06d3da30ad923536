import * as v from 'valibot';
import { base64url, fromBase64url } from '../../lib/base64url.ts';
import { utf8 } from '../../lib/encoding.ts';
import { dropPrivateCookie, readPrivateCookie, setPrivateCookie } from '../cookies.ts';
import { say } from '../language.ts';
import { type FlashKey, flashTexts, isBadNews, isFlashKey } from './flashTexts.ts';
import type { AdminContext } from './types.ts';

const COOKIE = 'soshik-flash';
const COOKIE_SECONDS = 60;
const MAX_LINES = 8;
const MAX_VALUE_LENGTH = 160;

const flashSchema = v.pipe(
  v.array(
    v.object({
      key: v.string(),
      values: v.record(v.string(), v.union([v.string(), v.number()])),
    }),
  ),
  v.maxLength(MAX_LINES),
);

/** What an action did, told on the next page. */
export interface Flash {
  /** Of the pages all share, or a room's own: its id and the name it has there. */
  readonly key: FlashKey | `${string}/${string}`;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface FlashLine {
  readonly text: string;
  readonly isBad: boolean;
}

/** Goes on to one of our pages and tells there what was done. */
export function goOn(context: AdminContext, path: `/admin${string}`, ...done: Flash[]): Response {
  const lines = done.slice(0, MAX_LINES).map(({ key, values = {} }) => ({
    key,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, MAX_VALUE_LENGTH) : value,
      ]),
    ),
  }));
  setPrivateCookie(context, COOKIE, base64url(utf8(JSON.stringify(lines))), COOKIE_SECONDS);
  return context.redirect(path, 303);
}

/** What the action before this page did; told once. */
export function readFlash(context: AdminContext): FlashLine[] {
  const bytes = fromBase64url(readPrivateCookie(context, COOKIE) ?? '');
  if (bytes === null || bytes.length === 0) return [];
  dropPrivateCookie(context, COOKIE);
  const parsed = v.safeParse(flashSchema, jsonOf(new TextDecoder().decode(bytes)));
  if (!parsed.success) return [];
  const language = context.get('language');
  return parsed.output.flatMap(({ key, values }) => {
    const ofRoom = roomText(context, key);
    if (ofRoom) return { text: say(ofRoom, language, values), isBad: ofRoom.isBad ?? false };
    if (!isFlashKey(key)) return [];
    return { text: say(flashTexts[key], language, values), isBad: isBadNews(key) };
  });
}

function roomText(context: AdminContext, key: string) {
  const [id, name = ''] = key.split('/');
  const { platforms, features } = context.get('bot');
  const room = [...platforms, ...features].find((one) => one.id === id);
  return Object.entries(room?.flash ?? {}).find(([known]) => known === name)?.[1];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
