import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import type { Finder } from '../../../bot/talk/grammar/find.ts';
import { sha256Hex } from '../../../lib/encoding.ts';
import type { Result } from '../../../lib/result.ts';
import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import { countAttempt } from '../../../store/patience.ts';
import {
  claimSetting,
  forgetSettings,
  readKept,
  readSetting,
  swapSetting,
  writeSettings,
} from '../../../store/settings.ts';

/** How long a code is good for, once. */
const CODE_MS = HOUR_MS;
/** No letter that looks like another. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 4;
/** Codes that are tried until one is free. */
const MOST_DRAWS = 20;
/** What one source may have made, and one person may try. */
const MADE = { attempts: 30, windowMs: 10 * MINUTE_MS };
const TRIED = { attempts: 10, windowMs: HOUR_MS };

const CODE_IN_TEXT = /(?<![\w./-])(?<code>[a-z0-9]{4})(?![\w./-])/giu;
/** What is said beside the code of the web page, where it is not said alone. */
const BESIDE_CODE = /등록|코드|(?<![a-z])(?:register|code)(?![a-z])/iu;

const KEY = 'register-code:';

const codeSchema = v.object({
  /** Of the page that shows it. */
  ticket: v.string(),
  until: v.number(),
  address: v.string(),
  branch: v.string(),
  nickname: v.string(),
  /** What to tell, in words of options. */
  options: v.string(),
  /** `owner/name` of a whole list instead of one branch. */
  list: v.optional(v.array(v.string()), []),
  /** The person who said it. */
  by: v.nullable(v.number()),
  isDone: v.boolean(),
});
type Kept = v.InferOutput<typeof codeSchema>;
/** What somebody chose, as its code holds it. */
export type Chosen = Pick<Kept, 'address' | 'branch' | 'nickname' | 'options' | 'list'>;

/** A code as the page shows it. */
export interface PageCode {
  readonly code: string;
  /** Of the page that shows it: by this it asks whether the code was said. */
  readonly ticket: string;
  /** It was said, and what it holds is registered. */
  readonly isDone: boolean;
}

/**
 * The code that holds what somebody chose, to be said in a chat; the same one as long as their page
 * is the same.
 *
 * @param page what makes the page theirs: its token and all that was chosen
 * @param source where the question comes from, as `sourceOf` names it
 */
export async function codeFor(
  bot: Bot,
  chosen: Chosen,
  page: string,
  source: string,
): Promise<Result<PageCode, { readonly waitMs: number }>> {
  const { db, runtime } = bot;
  const ticket = await sha256Hex(page);
  const now = runtime.now();
  for await (const code of codesOf(ticket)) {
    const kept = await readSetting(db, KEY + code, codeSchema);
    const isOpen = kept !== null && now < kept.until;
    if (isOpen && kept.ticket !== ticket) continue;
    if (isOpen) return { ok: true, value: { code, ticket, isDone: kept.isDone } };
    const waitMs = await countAttempt(db, `code ${source}`, MADE, now);
    if (waitMs > 0) return { ok: false, waitMs };
    const value: Kept = { ...chosen, ticket, until: now + CODE_MS, by: null, isDone: false };
    const age = { before: now - CODE_MS, now };
    if (!(await claimSetting(db, KEY + code, value, age))) {
      // Another page has taken it meanwhile, or the same one in another window.
      const taken = await readSetting(db, KEY + code, codeSchema);
      if (taken?.ticket !== ticket) continue;
    }
    return { ok: true, value: { code, ticket, isDone: false } };
  }
  return { ok: false, waitMs: CODE_MS };
}

/** Whether what the code of a page holds is registered. */
export async function isCodeDone({ db }: Bot, ticket: string): Promise<boolean> {
  for await (const code of codesOf(ticket)) {
    const kept = await readSetting(db, KEY + code, codeSchema);
    if (kept?.ticket === ticket) return kept.isDone;
    if (kept === null) return false;
  }
  return false;
}

/**
 * The codes a page may have, the first free one being its own. Each has a digit and a letter, so that
 * neither a word nor the number of a repository is one.
 */
async function* codesOf(ticket: string): AsyncGenerator<string> {
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const hash = await sha256Hex(`${ticket} ${draw}`);
    const code = Array.from({ length: CODE_LENGTH }, (_, at) => {
      const number = Number.parseInt(hash.slice(8 * at, 8 * at + 8), 16);
      return LETTERS[number % LETTERS.length];
    }).join('');
    if (isCode(code)) yield code;
  }
}

/** Whether a text has the form of a code, in letters of either case. */
export function isCode(text: string): boolean {
  return /^(?=.*\d)(?=.*[A-Z])[2-9A-HJKMNP-Z]{4}$/i.test(text);
}

/** `등록 7K2P`: the code that the web page gives to whoever has chosen there. */
export const findCode: Finder = (text) => {
  const isAlone = /^\s*[A-Z0-9]{4}\s*$/.test(text);
  if (text.includes('/') || !(isAlone || BESIDE_CODE.test(text))) return [];
  return [...text.matchAll(CODE_IN_TEXT)]
    .filter(({ groups }) => isCode(groups?.['code'] ?? ''))
    .map(({ index: start, 0: value }) => ({
      start,
      end: start + value.length,
      means: [{ concept: 'register-code', value }],
    }));
};

/** What somebody's code holds. */
export interface SaidCode extends Chosen {
  /** Statement: what it holds is registered, as its page will say. */
  readonly done: D1PreparedStatement;
}

/**
 * Takes the code that a person says: from then on it is theirs alone, so that it can be said again
 * when the answer was lost.
 */
export async function takeCode(
  { db, runtime }: Bot,
  person: number,
  said: string,
): Promise<Result<SaidCode, { readonly reason: 'over' | 'too-many' }>> {
  const now = runtime.now();
  if ((await countAttempt(db, `code person ${person}`, TRIED, now)) > 0) {
    return { ok: false, reason: 'too-many' };
  }
  const key = KEY + said.toUpperCase();
  const text = await readKept(db, key);
  const read = v.safeParse(codeSchema, text === null ? null : JSON.parse(text));
  if (text === null || !read.success || now >= read.output.until) {
    return { ok: false, reason: 'over' };
  }
  const { by, address, branch, nickname, options, list } = read.output;
  const mine = { ...read.output, by: person };
  const isMine = by === person || (by === null && (await swapSetting(db, key, text, mine, now)));
  if (!isMine) return { ok: false, reason: 'over' };
  const done = writeSettings(db, new Map([[key, { ...mine, isDone: true }]]), now);
  return { ok: true, value: { address, branch, nickname, options, list, done } };
}

/** Statement: forgets the codes that are over. */
export function forgetCodes(db: D1Database, now: number): D1PreparedStatement {
  return forgetSettings(db, KEY, now - CODE_MS);
}
