import type { Context } from 'hono';
import type { Bot } from '../../../bot/context.ts';
import type { RoomEnv } from '../../../bot/http.ts';
import type { ChatPlace } from '../../../bot/receive.ts';
import { base64url } from '../../../lib/encoding.ts';
import { readBody } from '../../../lib/outbound.ts';
import type { Result } from '../../../lib/result.ts';
import { HOUR_MS, type Language, MINUTE_MS } from '../../../lib/time.ts';
import { countAttempt, lockedMs } from '../../../store/patience.ts';
import { say } from '../../../ui/language.ts';
import { pauseMs } from '../polling/visit.ts';
import { type WatchProblem, watchProblems } from '../talk/texts.ts';
import { type Found, findRepository } from '../watching/find.ts';
import { optionWordsFor } from '../watching/options.ts';
import {
  type Card,
  type Choice,
  keepCard,
  nicknameOf,
  optionsOf,
  queryOf,
  recallCard,
} from './choice.ts';
import { codeFor, type PageCode } from './code.ts';
import { texts, type Wanted, watchWords } from './words.ts';

const PAGE_MS = HOUR_MS;
/** What a form of ours takes at most. */
const MOST_BYTES = 8 * 1024;

/**
 * What a page carries so that its form may have a repository looked up: whoever has no page of ours
 * cannot use GitHub through us. Blank without `TOKEN_KEY`: then only the count of checks is a limit.
 */
export async function pageToken(bot: Bot): Promise<string> {
  const signer = await bot.signer();
  // No two pages have the same.
  const page = base64url(bot.runtime.randomBytes(8));
  return (await signer?.sign('register', page, bot.runtime.now() + PAGE_MS)) ?? '';
}

/** True when a request comes from a page of ours, opened within the hour. */
async function isFromPage(bot: Bot, token: string, headers: Headers): Promise<boolean> {
  if (headers.get('sec-fetch-site') === 'cross-site') return false;
  const signer = await bot.signer();
  return signer === null || (await signer.verify('register', token)).ok;
}

/** What a stranger may have looked up; each costs two of GitHub's 5,000 points an hour. */
const PER_SOURCE = { attempts: 20, windowMs: 10 * MINUTE_MS };
/** Short, as whoever uses all of it up, from however many places, shuts the others out. */
const WINDOW_MS = 5 * MINUTE_MS;
const OVERALL = { attempts: 25, windowMs: WINDOW_MS };
/** As many places as a network has: together they get no more, and write no more rows. */
const PER_NETWORK = { attempts: 40, windowMs: 10 * MINUTE_MS };
/**
 * Kept for those who come after a few have used up the rest: a network gets something of it once in an
 * hour, so that whoever shuts the others out has to come from new ones all the time.
 */
const FIRST = { attempts: 3, windowMs: HOUR_MS };
const OVERALL_FIRST = { attempts: 16, windowMs: WINDOW_MS };

const LONGEST_DESCRIPTION = 350;

type CheckProblem =
  | { readonly reason: WatchProblem }
  | { readonly reason: 'wait'; readonly waitMs: number };

/**
 * Looks a repository up for the page that shows it, from what is known or at GitHub, as often as
 * strangers may.
 */
async function checkRepository(
  bot: Bot,
  address: string,
  from: Pick<Asking, 'source' | 'around'>,
): Promise<Result<Card, CheckProblem>> {
  const { db, runtime } = bot;
  const now = runtime.now();
  const known = await recallCard(db, address, now);
  if (known) return { ok: true, value: known };
  const waitMs = await toWaitMs(bot, from);
  if (waitMs > 0) return { ok: false, reason: 'wait', waitMs };
  if ((await pauseMs(db, now)) > 0) return { ok: false, reason: 'unavailable' };
  const card = await askGitHub(bot, address);
  if (card.ok) await keepCard(db, address, card.value, now);
  return card;
}

/** How long a stranger has to wait; 0: they may. */
export async function toWaitMs(
  { db, runtime }: Bot,
  { source, around }: Pick<Asking, 'source' | 'around'>,
): Promise<number> {
  const now = runtime.now();
  // What one address is refused uses up nothing of its neighbours'.
  const mine = `check ${source}`;
  const own =
    (await lockedMs(db, mine, now, PER_SOURCE.attempts)) ||
    (await countAttempt(db, `check ${around}`, PER_NETWORK, now)) ||
    (await countAttempt(db, mine, PER_SOURCE, now));
  if (own > 0) return own;
  const all = await countAttempt(db, 'check *', OVERALL, now);
  if (all === 0) return 0;
  const first = await countAttempt(db, `check first ${around}`, FIRST, now);
  const others = first > 0 ? all : await countAttempt(db, 'check first *', OVERALL_FIRST, now);
  return Math.min(all, others);
}

async function askGitHub(bot: Bot, address: string): Promise<Result<Card, CheckProblem>> {
  const asked = await findRepository(bot, address, null);
  const isBranchMissing = !asked.ok && asked.repository !== undefined;
  const found = isBranchMissing ? await findRepository(bot, asked.repository, null) : asked;
  if (!found.ok) return { ok: false, reason: found.reason };
  const branches = await branchesOf(found.value);
  if (branches === null) return { ok: false, reason: 'unavailable' };
  const { repository, branch } = found.value;
  const { id, owner, name, description, avatarUrl, stars, forks } = repository;
  const { createdAt, updatedAt, isArchived, isEmpty } = repository;
  return {
    ok: true,
    value: {
      id,
      owner,
      name,
      description: description?.slice(0, LONGEST_DESCRIPTION).toWellFormed() ?? null,
      avatarUrl,
      stars,
      forks,
      createdAt,
      updatedAt,
      isArchived,
      isEmpty,
      branch: branch.name,
      isBranchMissing,
      branches,
    },
  };
}

async function branchesOf({ github, repository, branch }: Found): Promise<string[] | null> {
  if (repository.isEmpty) return [branch.name];
  const named = await github.branchNames(repository.owner, repository.name);
  return named.ok ? [...new Set([...named.value, branch.name])] : null;
}

/** How far somebody has come, and what is wrong with what they chose last. */
export type View =
  | { readonly step: 1 }
  | { readonly step: 2; readonly channel: string; readonly problem: string | null }
  | {
      readonly step: 3;
      readonly channel: string;
      readonly card: Card;
      readonly problem: string | null;
    }
  | {
      readonly step: 4;
      readonly channel: string;
      readonly card: Card;
      readonly wanted: Wanted;
      /** What to say in the chat; `null` where nobody talks. */
      readonly code: PageCode | null;
    };

/** Who asks: whether from a page of ours their headers tell, from where the two names of `sourceOf`. */
interface Asking {
  readonly headers: Headers;
  readonly source: string;
  readonly around: string;
  readonly language: Language;
}

/**
 * The step that follows from what was chosen so far; each is checked again, whatever a browser says
 * of the step it is at.
 */
export async function viewOf(
  bot: Bot,
  places: readonly ChatPlace[],
  choice: Choice,
  request: Asking,
): Promise<View> {
  const { channel, address, token } = choice;
  const { headers, source, language } = request;
  if (!places.some((place) => place.channel === channel)) return { step: 1 };
  if (address === '') return { step: 2, channel, problem: null };
  if (!(await isFromPage(bot, token, headers))) {
    // A link may bring an address; whether it is looked up is for its reader to say.
    return { step: 2, channel, problem: token === '' ? null : say(texts.stale, language) };
  }
  const checked = await checkRepository(bot, address, request);
  if (!checked.ok) {
    return { step: 2, channel, problem: problemText(checked, address, language) };
  }
  const card = checked.value;
  const branchProblem = card.isBranchMissing ? watchProblems['no-branch'][language]() : null;
  if (choice.branch === '' || choice.again)
    return { step: 3, channel, card, problem: branchProblem };
  const wanted = wantedOf(card, choice, language);
  if (typeof wanted === 'string') return { step: 3, channel, card, problem: wanted };
  const isTalk = places.some((place) => place.channel === channel && !place.chat.hook);
  if (!isTalk) return { step: 4, channel, card, wanted, code: null };
  // Without a token each page is another one.
  const page = token === '' ? base64url(bot.runtime.randomBytes(8)) : token;
  const chosen = {
    address: `${wanted.owner}/${wanted.name}`,
    branch: wanted.branch,
    nickname: wanted.nickname,
    options: optionWordsFor(wanted.options, 'ko') ?? '',
    list: [],
  };
  const code = await codeFor(bot, chosen, `${page} ${queryOf(choice, { token: '' })}`, source);
  return code.ok
    ? { step: 4, channel, card, wanted, code: code.value }
    : {
        step: 3,
        channel,
        card,
        problem: waitText(code.waitMs, watchWords(wanted, language), language),
      };
}

function wantedOf(card: Card, choice: Choice, language: Language): Wanted | string {
  const { owner, name } = card;
  const { branch } = choice;
  if (!card.branches.includes(branch)) return watchProblems['no-branch'][language]();
  const nickname = nicknameOf(choice, name);
  if (nickname === null) return watchProblems['nickname-invalid'][language]();
  const options = optionsOf(choice);
  if (options === null) return say(texts.tagInvalid, language);
  return { owner, name, branch, nickname, options };
}

function problemText(problem: CheckProblem, address: string, language: Language): string {
  if (problem.reason !== 'wait') return watchProblems[problem.reason][language]();
  const words = `${language === 'ko' ? '구독' : 'watch'} ${address}`;
  return waitText(problem.waitMs, words, language);
}

export function waitText(waitMs: number, words: string, language: Language): string {
  return say(texts.wait, language, { minutes: Math.ceil(waitMs / MINUTE_MS), words });
}

/** A form of one of our pages; `null` for anything else. */
export async function readForm(
  context: Context<RoomEnv>,
  mostBytes = MOST_BYTES,
): Promise<URLSearchParams | null> {
  const body = await readBody(context.req.raw.body, mostBytes);
  if (body === null) return null;
  const form = new URLSearchParams(new TextDecoder().decode(body));
  const isOurs = await isFromPage(
    context.get('bot'),
    form.get('token') ?? '',
    context.req.raw.headers,
  );
  return isOurs ? form : null;
}
