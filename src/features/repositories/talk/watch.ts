import * as v from 'valibot';
import { isGroup } from '../../../bot/channels.ts';
import type { Bot } from '../../../bot/context.ts';
import { ask } from '../../../bot/talk/asking.ts';
import { suggestionsIn } from '../../../bot/talk/help.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import { unreachable } from '../../../lib/result.ts';
import type { Language } from '../../../lib/time.ts';
import { isBranchName } from '../../../platforms/github/source.ts';
import type { Person } from '../../../store/people.ts';
import { branchesToChoose } from '../watching/branches.ts';
import { addressOfId, findRepository } from '../watching/find.ts';
import { type Registered, registerWatch, type Wish } from '../watching/register.ts';
import { type WatchProblem, watchProblems, watchTexts } from './texts.ts';

const ID = 'watch';

/** What is known so far of what a person wants to watch; the first missing part is asked for. */
const wishSoFar = v.object({
  address: v.nullable(v.string()),
  branch: v.nullable(v.string()),
  /** Which part the last question was about. */
  asked: v.picklist(['address', 'branch', 'nickname']),
});
type WishSoFar = v.InferOutput<typeof wishSoFar>;

const SKIP = /^(?:건너뛰기|그대로|기본|skip|default|\/skip)$/i;
const skipWord: Readonly<Record<Language, string>> = { ko: '건너뛰기', en: 'skip' };

const VERB = /^\s*\/?(?:구독|등록|watch|add|관심 ?레포(?:지토리)? ?추가)(?:\s+|$)/i;
/** `<repository> [branch] [as <nickname>]` */
const WISH = /^(\S+)(?:\s+(?!(?:as|별명)\s)(\S+))?(?:\s+(?:as|별명)\s+(.+))?$/su;

export const watch: Intent = {
  id: ID,
  patterns: [
    /^start (?<id>\d{1,12})$/,
    /^(?:구독|등록|watch|add)(?: .+)?$/,
    /^관심 ?레포(?:지토리)? ?추가(?: .+)?$/,
    // A pasted address says enough.
    /^(?:(?:git\+)?(?:https?|ssh|git):\/\/(?:git@)?|git@)?(?:www\.)?github\.com[/:]\S+$/,
  ],

  async reply(bot, person, match, said) {
    const id = match.groups?.['id'];
    if (id !== undefined) {
      const address = await addressOfId(bot, Number(id));
      if (!address.ok) return problem(bot, person, address.reason);
      return next(bot, person, { address: address.value, branch: null });
    }
    const words = said.replace(VERB, '').trim();
    if (words === '') return next(bot, person, { address: null, branch: null });
    const [, address = words, branch = null, nickname = null] = WISH.exec(words) ?? [];
    return register(bot, person, { address, branch, nickname });
  },

  async resume(bot, person, data, said) {
    const parsed = v.safeParse(wishSoFar, data);
    if (!parsed.success) return null;
    const { asked, ...sofar } = parsed.output;
    const words = said.trim();
    switch (asked) {
      case 'address': {
        const found = await findRepository(bot, words, null);
        // Something else was said: let the other intents see it.
        if (!found.ok && found.reason === 'not-a-repository' && !/[/:]/.test(words)) return null;
        if (!found.ok) return problem(bot, person, found.reason);
        return next(bot, person, { ...sofar, address: words });
      }
      case 'branch':
        if (!isBranchName(words)) return null;
        return next(bot, person, { ...sofar, branch: words });
      case 'nickname':
        if (VERB.test(words)) return null;
        return register(bot, person, {
          address: sofar.address ?? '',
          branch: sofar.branch,
          nickname: SKIP.test(words) ? null : words,
        });
      default:
        return unreachable(asked);
    }
  },
};

/** Asks for the first part that is missing. */
async function next(bot: Bot, person: Person, sofar: Omit<WishSoFar, 'asked'>): Promise<Reply> {
  const { language } = person;
  const question = (
    text: string,
    answers: readonly string[],
    asked: WishSoFar['asked'],
  ): Reply => ({
    text,
    suggestions: answers,
    person: askFor(bot, person, { ...sofar, asked }, answers),
  });
  if (sofar.address === null) return question(watchTexts.askRepository[language](), [], 'address');
  if (sofar.branch === null) {
    const choice = await branchesToChoose(bot, sofar.address);
    if (!choice.ok) return problem(bot, person, choice.reason);
    const { repository, branches } = choice.value;
    if (branches.length > 1) {
      return question(watchTexts.askBranch[language](repository), branches, 'branch');
    }
  }
  return question(watchTexts.askNickname[language](), [skipWord[language]], 'nickname');
}

function askFor(bot: Bot, person: Person, sofar: WishSoFar, answers: readonly string[]): Person {
  return ask(bot, person, { intent: ID, data: sofar, answers });
}

async function register(bot: Bot, person: Person, wish: Wish): Promise<Reply> {
  const registered = await registerWatch(bot, person, wish);
  if (registered.ok) return welcome(bot, person, registered.value);
  const { reason } = registered;
  if (reason === 'no-branch') {
    const choice = await branchesToChoose(bot, wish.address);
    if (choice.ok) {
      const { address, branches } = choice.value;
      return {
        text: watchProblems[reason][person.language](),
        suggestions: branches,
        person: askFor(bot, person, { address, branch: null, asked: 'branch' }, branches),
      };
    }
  }
  if (reason === 'nickname-taken' || reason === 'nickname-invalid') {
    const { address, branch } = wish;
    const asked = askFor(bot, person, { address, branch, asked: 'nickname' }, []);
    return { ...problem(bot, person, reason), suggestions: [], person: asked };
  }
  return problem(bot, person, reason);
}

function welcome(bot: Bot, person: Person, registered: Registered): Reply {
  const { language } = person;
  const { repository, branch, nickname, isNew, renamedFrom } = registered;
  const fullName = `${repository.owner}/${repository.name}`;
  const told = isNew ? watchTexts.registered : watchTexts.already;
  const isUntold =
    person.kakaoId === null && !isGroup(bot, person) && !bot.channels.has(person.channel);
  const lines = [
    told[language](nickname, fullName, branch.name),
    ...(renamedFrom === null ? [] : [watchTexts.renamedFrom[language](renamedFrom)]),
    ...(repository.isArchived ? [watchTexts.archived[language]()] : []),
    ...(branch.head === null ? [watchTexts.empty[language]()] : []),
    ...(isUntold ? [watchTexts.linkHint[language]()] : []),
  ];
  return { text: lines.join('\n'), suggestions: nextWords[language], person };
}

const nextWords: Readonly<Record<Language, readonly string[]>> = {
  ko: ['목록', '관심 레포 추가', '연결'],
  en: ['list', 'watch', 'login'],
};

function problem(bot: Bot, person: Person, reason: WatchProblem): Reply {
  const { language } = person;
  return {
    text: watchProblems[reason][language](),
    suggestions: suggestionsIn(bot, language),
    person,
  };
}
