import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import { firstValue, has, type Utterance } from '../../../bot/talk/grammar/utterance.ts';
import { suggestionsIn } from '../../../bot/talk/hint.ts';
import { type Asked, ask } from '../../../bot/talk/state.ts';
import { undoOf } from '../../../bot/talk/together.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import { unreachable } from '../../../lib/result.ts';
import { inBoth } from '../../../lib/text.ts';
import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { isCode, takeCode } from '../register/code.ts';
import { branchesToChoose, chosenBranch } from '../watching/branches.ts';
import { addressOfId, findRepository } from '../watching/find.ts';
import { MOST_AT_ONCE, readPasted } from '../watching/pasted.ts';
import { planWatch, type Wish } from '../watching/register.ts';
import { offerList, registerList } from './lists.ts';
import { optionWords } from './settings.ts';
import { codeProblems, type WatchProblem, watchProblems, watchTexts } from './texts.ts';
import { letGoAgain, wayBack } from './wayBack.ts';
import { isRefusal, nicknameSaid, welcome } from './welcome.ts';
import { readWish } from './wish.ts';
import { watchPhrasings } from './words.ts';

const ID = 'watch';

/** What is known so far of what a person wants to watch; the first missing part is asked for. */
const wishSoFar = v.object({
  address: v.nullable(v.string()),
  branch: v.nullable(v.string()),
  nickname: v.optional(v.nullable(v.string()), null),
  /** Branches that were offered. */
  branches: v.optional(v.array(v.string()), []),
  /** What to tell of it, in the words of `readWatchOptions`. */
  options: v.optional(v.string(), ''),
  /** Which part the last question was about. */
  asked: v.picklist(['address', 'branch', 'nickname']),
});
type WishSoFar = v.InferOutput<typeof wishSoFar>;
type Sofar = Omit<WishSoFar, 'asked' | 'branches'>;

const skipWords = { ko: ['건너뛰기'], en: ['skip'] } as const;

/** Something to say, in both languages. */
type Said = Readonly<Record<Language, () => string>>;

/** `구독 hana/app dev as 정원`, a bare address, `관심 레포 추가`. */
export const watch: Intent = {
  id: ID,
  phrasings: watchPhrasings,
  example: { ko: '관심 레포 추가', en: 'watch' },
  isSwitch: true,

  async reply(bot, person, utterance) {
    const code = firstValue(utterance, 'register-code');
    if (code !== null) return registerByCode(bot, person, code);
    const { addresses, branch, nickname, rest } = readWish(utterance);
    const options = optionWords(rest);
    const [address, ...others] = addresses;
    if (address === undefined) {
      const wanted = { address: null, branch: null, nickname: null, options };
      const elsewhere = problemOfAddress(utterance);
      if (elsewhere !== null) return stillAsking(bot, person, wanted, elsewhere);
      return next(bot, person, wanted);
    }
    if (others.length === 0) return register(bot, person, { address, branch, nickname }, options);
    return others.length < MOST_AT_ONCE
      ? registerFew(bot, person, { addresses, options })
      : offerList(bot, person, readPasted(addresses.join('\n')), options);
  },

  async resume(bot, person, data, utterance) {
    const parsed = v.safeParse(wishSoFar, data);
    if (!parsed.success) return null;
    const code = firstValue(utterance, 'register-code');
    if (code !== null) return registerByCode(bot, person, code);
    const { asked, branches, ...sofar } = parsed.output;
    switch (asked) {
      case 'address':
        return takeAddress(bot, person, sofar, utterance);
      case 'branch': {
        const branch = chosenBranch(utterance, branches);
        return branch === null ? null : next(bot, person, { ...sofar, branch });
      }
      case 'nickname':
        return takeNickname(bot, person, sofar, utterance);
      default:
        return unreachable(asked);
    }
  },

  takeBack: letGoAgain,

  async open(bot, person, payload) {
    if (isCode(payload)) return registerByCode(bot, person, payload);
    if (!/^\d{1,12}$/.test(payload)) return null;
    const address = await addressOfId(bot, Number(payload));
    if (!address.ok) return problem(bot, person, address.reason);
    const sofar = { address: address.value, branch: null, nickname: null, options: '' };
    return next(bot, person, sofar);
  },
};

async function takeAddress(
  bot: Bot,
  person: Person,
  sofar: Sofar,
  utterance: Utterance,
): Promise<Reply | null> {
  const { addresses, branch, nickname } = readWish(utterance);
  const [address] = addresses;
  if (address === undefined) {
    const elsewhere = problemOfAddress(utterance);
    return elsewhere === null ? null : stillAsking(bot, person, sofar, elsewhere);
  }
  if (addresses.length > 1) return watch.reply(bot, person, utterance);
  const found = await findRepository(bot, address, branch, person);
  const isOnlyBranch = !found.ok && found.reason === 'no-branch';
  if (!found.ok && !isOnlyBranch) {
    return stillAsking(bot, person, sofar, watchProblems[found.reason]);
  }
  return next(bot, person, { ...sofar, address, branch: isOnlyBranch ? null : branch, nickname });
}

/** What is wrong with an address was said; another one may follow. */
function stillAsking(bot: Bot, person: Person, sofar: Sofar, said: Said): Reply {
  const asked: WishSoFar = { ...sofar, address: null, branches: [], asked: 'address' };
  return askFor(bot, person, asked, (language) => said[language](), []);
}

async function takeNickname(
  bot: Bot,
  person: Person,
  sofar: Sofar,
  utterance: Utterance,
): Promise<Reply | null> {
  const { address, branch, options } = sofar;
  if (address === null || has(utterance, 'address') || isRefusal(utterance)) return null;
  const isNone = has(utterance, 'skip') || (has(utterance, 'no', 'not') && has(utterance, 'nick'));
  const nickname = isNone ? null : nicknameSaid(utterance);
  return nickname === '' ? null : register(bot, person, { address, branch, nickname }, options);
}

/** Why an address cannot be one of GitHub's; `null` when there is none. */
function problemOfAddress(utterance: Utterance): Said | null {
  if (has(utterance, 'short-link')) return watchTexts.shortLink;
  const elsewhere = firstValue(utterance, 'foreign') ?? firstValue(utterance, 'guess');
  if (elsewhere === null) return null;
  const isElsewhere = has(utterance, 'foreign') && !/github\.com/i.test(elsewhere);
  const reason = isElsewhere ? 'other-host' : 'not-a-repository';
  return watchProblems[reason];
}

/** Asks for the first part that is missing. */
async function next(bot: Bot, person: Person, sofar: Sofar): Promise<Reply> {
  if (sofar.address === null) {
    const asked: WishSoFar = { ...sofar, asked: 'address', branches: [] };
    return askFor(bot, person, asked, (language) => watchTexts.askRepository[language](), []);
  }
  if (sofar.branch === null) {
    const choice = await branchesToChoose(bot, person, sofar.address);
    if (!choice.ok) return problem(bot, person, choice.reason);
    const { repository, branches, isAll } = choice.value;
    if (branches.length > 1) {
      const asked: WishSoFar = { ...sofar, asked: 'branch', branches: [...branches] };
      const textIn = (language: Language) =>
        orWrite(watchTexts.askBranch[language](repository), isAll, language);
      return askFor(bot, person, asked, textIn, branches);
    }
  }
  if (sofar.nickname !== null) {
    const { address, branch, nickname, options } = sofar;
    return register(bot, person, { address, branch, nickname }, options);
  }
  const asked: WishSoFar = { ...sofar, asked: 'nickname', branches: [] };
  return askFor(bot, person, asked, (language) => watchTexts.askNickname[language](), skipWords);
}

/** Of many branches some are offered. */
function orWrite(text: string, isAll: boolean, language: Language): string {
  return isAll ? text : `${text} ${watchTexts.orWriteBranch[language]()}`;
}

function askFor(
  bot: Bot,
  person: Person,
  sofar: WishSoFar,
  textIn: (language: Language) => string,
  answers: Asked['answers'],
): Reply {
  const takes = {
    address: ['address'],
    branch: ['number', 'ordinal', 'branch'],
    nickname: ['skip'],
  };
  const isFree = sofar.asked === 'nickname';
  const text = inBoth(textIn);
  const asked = { intent: ID, data: sofar, text, answers, takes: takes[sofar.asked], isFree };
  return ask(bot, person, asked);
}

/** What somebody chose on the web page, by its code. */
async function registerByCode(bot: Bot, person: Person, said: string): Promise<Reply> {
  const taken = await takeCode(bot, person.id, said);
  if (!taken.ok) {
    const text = codeProblems[taken.reason][person.language]();
    return { text, suggestions: suggestionsIn(bot, person.language), person };
  }
  const { options, done, list, ...wish } = taken.value;
  if (list.length > 0) {
    const listed = await registerList(bot, person, { names: list, rest: [], stars: null, options });
    return listed.undo ? { ...listed, writes: [...(listed.writes ?? []), done] } : listed;
  }
  const reply = await register(bot, person, wish, options);
  // Else something is asked first.
  const isDone = reply.nickname !== undefined;
  return isDone ? { ...reply, writes: [...(reply.writes ?? []), done] } : reply;
}

/** A few, each with all there is to say of it; more than that are a list (`lists.ts`). */
async function registerFew(
  bot: Bot,
  person: Person,
  wanted: { readonly addresses: readonly string[]; readonly options: string },
): Promise<Reply> {
  const replies: Awaited<ReturnType<typeof register>>[] = [];
  for (const address of wanted.addresses) {
    const wish = { address, branch: null, nickname: null };
    const names = replies.flatMap(({ nickname }) => nickname ?? []);
    const who = replies.at(-1)?.person ?? person;
    replies.push(await register(bot, who, wish, wanted.options, names));
  }
  const last: Reply = replies.at(-1) ?? { text: '', suggestions: [], person };
  // How to get them by KakaoTalk is said once.
  const hint = `\n${watchTexts.linkHint[person.language]()}`;
  return {
    ...last,
    text: replies
      .map(({ text }, index) => (index + 1 < replies.length ? text.replace(hint, '') : text))
      .join('\n\n'),
    writes: replies.flatMap(({ writes = [] }) => writes),
    ...undoOf(replies.flatMap(({ undo }) => undo ?? [])),
    after: async () => {
      for (const { after } of replies) await after?.();
    },
  };
}

/** @param others nicknames that are given in the same breath */
async function register(
  bot: Bot,
  person: Person,
  wish: Wish,
  options: string,
  others: readonly string[] = [],
): Promise<Reply & { readonly nickname?: string }> {
  const registered = await planWatch(bot, person, wish, options, others);
  if (registered.ok) {
    const { nickname, writes, after, options: set } = registered.value;
    const said = await welcome(bot, person, registered.value, set);
    return { ...said, writes, after, nickname, ...undoOf(wayBack(ID, registered.value)) };
  }
  const { reason } = registered;
  const { address, branch, nickname } = wish;
  if (reason === 'no-branch') {
    const choice = await branchesToChoose(bot, person, address);
    if (choice.ok) {
      const { address: repository, branches, isAll } = choice.value;
      const sofar = { address: repository, branch: null, nickname, options };
      const asked: WishSoFar = { ...sofar, asked: 'branch', branches: [...branches] };
      const textIn = (language: Language) =>
        orWrite(watchProblems[reason][language](), isAll, language);
      return askFor(bot, person, asked, textIn, branches);
    }
  }
  if (reason === 'nickname-taken' || reason === 'nickname-invalid') {
    const sofar = { address, branch, nickname: null, options, branches: [] };
    const asked: WishSoFar = { ...sofar, asked: 'nickname' };
    return askFor(bot, person, asked, (language) => watchProblems[reason][language](), skipWords);
  }
  return problem(bot, person, reason);
}

function problem(bot: Bot, person: Person, reason: WatchProblem): Reply {
  const { language } = person;
  return {
    text: watchProblems[reason][language](),
    suggestions: suggestionsIn(bot, language),
    person,
  };
}
