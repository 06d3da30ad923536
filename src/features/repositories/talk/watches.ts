import type { Bot } from '../../../bot/context.ts';
import { plainNews } from '../../../bot/notice/newsTexts.ts';
import type { RepositoryNotice } from '../../../bot/notice/notice.ts';
import { ask } from '../../../bot/talk/asking.ts';
import type { Intent, Reply } from '../../../bot/talk/types.ts';
import type { Person } from '../../../store/people.ts';
import {
  pauseWatch,
  removeWatch,
  renameWatch,
  setWatchOptions,
  type Watch,
  watchesOf,
} from '../store/watches.ts';
import { readNickname } from '../watching/nickname.ts';
import { readWatchOptions } from '../watching/options.ts';
import { commitsSince } from '../watching/status.ts';
import { whichWatch } from '../watching/which.ts';
import { describeOptions } from './optionTexts.ts';
import { watchProblems, watchTexts } from './texts.ts';

const MOST_SUGGESTIONS = 5;
const MOST_COMMITS = 5;

/** `목록`: everything a person watches, with the numbers the other intents take. */
export const list: Intent = {
  id: 'list',
  patterns: [/^(?:레포 ?)?목록$/, /^레포 ?상태 ?확인$/, /^(?:list|repos|repositories)$/],
  reply: async (bot, person) => listReply(person, await watchesOf(bot.db, person.id)),
};

/** `상태 2`: the commits since the person last asked. */
export const status: Intent = aboutOne(
  'status',
  /^(?:상태|status)(?: .+)?$/,
  /^\s*\/?(?:상태|status)\s*/i,
  async (bot, person, watch) => {
    const { language } = person;
    const since = await commitsSince(bot, watch);
    if (!since.ok) return said(person, watchProblems[since.reason][language]());
    const { commits, total, url } = since.value;
    const { nickname, repository, branch } = watch;
    if (total === 0) return said(person, watchTexts.statusNone[language](nickname));
    const news: RepositoryNotice = {
      kind: 'commits',
      language,
      nickname,
      repository: `${repository.owner}/${repository.name}`,
      branch: branch.name,
      change: 'pushed',
      commits: commits.slice(0, MOST_COMMITS),
      total,
      compareUrl: url,
    };
    return said(person, plainNews(news, bot.config.timeZone));
  },
);

/** `해제 2`: not watched any more. */
export const unwatch: Intent = aboutOne(
  'unwatch',
  /^(?:구독 ?)?(?:해제|unwatch|remove)(?: .+)?$/,
  /^\s*\/?(?:구독 ?)?(?:해제|unwatch|remove)\s*/i,
  async (bot, person, watch) => {
    await removeWatch(bot.db, person.id, watch.id);
    return said(person, watchTexts.unwatched[person.language](watch.nickname));
  },
);

/** `멈춤 2`: watched, but nothing is told until `다시 2`. */
export const pause: Intent = aboutOne(
  'pause',
  /^(?:멈춤|일시 ?정지|pause)(?: .+)?$/,
  /^\s*\/?(?:멈춤|일시 ?정지|pause)\s*/i,
  async (bot, person, watch) => {
    await pauseWatch(bot.db, person.id, watch.id, bot.runtime.now());
    return said(person, watchTexts.pausedNow[person.language](watch.nickname));
  },
);

export const resume: Intent = aboutOne(
  'resume',
  /^(?:다시|resume)(?: .+)?$/,
  /^\s*\/?(?:다시|resume)\s*/i,
  async (bot, person, watch) => {
    await pauseWatch(bot.db, person.id, watch.id, null);
    return said(person, watchTexts.resumed[person.language](watch.nickname));
  },
);

/** `이름 2 새 별명` */
export const rename: Intent = aboutOne(
  'rename',
  /^(?:이름|별명|rename)(?: .+)?$/,
  /^\s*\/?(?:이름|별명|rename)\s*/i,
  async (bot, person, watch, rest) => {
    const { language } = person;
    const nickname = readNickname(rest);
    if (nickname === null) return said(person, watchProblems['nickname-invalid'][language]());
    const isRenamed = await renameWatch(bot.db, person.id, watch.id, nickname);
    return said(
      person,
      isRenamed
        ? watchTexts.renamed[language](nickname)
        : watchProblems['nickname-taken'][language](),
    );
  },
);

/** `설정 2 릴리스만 매일 9시` */
export const settings: Intent = aboutOne(
  'settings',
  /^(?:설정|set(?:tings)?)(?: .+)?$/,
  /^\s*\/?(?:설정|set(?:tings)?)\s*/i,
  async (bot, person, watch, rest) => {
    const { language } = person;
    const changed = readWatchOptions(watch.options, rest);
    const isSet =
      changed !== null &&
      (await setWatchOptions(bot.db, person.id, watch.id, changed, bot.runtime.now()));
    if (!isSet) return said(person, watchTexts.settingsHow[language](watch.nickname));
    const described = describeOptions(changed, language);
    return said(person, watchTexts.settings[language](watch.nickname, described));
  },
);

/**
 * An intent about one of the person's watches, named by number or nickname behind the verb. Asks for
 * it when it is not named; with a single watch there is nothing to ask.
 */
function aboutOne(
  id: string,
  pattern: RegExp,
  verb: RegExp,
  act: (bot: Bot, person: Person, watch: Watch, rest: string) => Promise<Reply>,
): Intent {
  return {
    id,
    patterns: [pattern],
    async reply(bot, person, _match, text) {
      const watches = await watchesOf(bot.db, person.id);
      if (watches.length === 0) return listReply(person, watches);
      const words = text.replace(verb, '').trim();
      const [only] = watches;
      if (words === '' && watches.length === 1 && only) return act(bot, person, only, '');
      if (words === '') {
        const answers = watches.slice(0, MOST_SUGGESTIONS).map((_, index) => `${index + 1}`);
        const { text: listed } = listReply(person, watches);
        return {
          text: `${listed}\n\n${watchTexts.whichOne[person.language]()}`,
          suggestions: answers,
          person: ask(bot, person, { intent: id, data: null, answers }),
        };
      }
      const named = whichWatch(watches, words);
      if (named) return act(bot, person, named.watch, named.rest);
      return said(person, watchTexts.noSuchWatch[person.language](words));
    },
    async resume(bot, person, _data, text) {
      const watches = await watchesOf(bot.db, person.id);
      const named = whichWatch(watches, text);
      return named && act(bot, person, named.watch, named.rest);
    },
  };
}

function said(person: Person, text: string): Reply {
  return { text, suggestions: [person.language === 'ko' ? '목록' : 'list'], person };
}

/** The list of what a person watches; the numbers are those of the order they were added. */
function listReply(person: Person, watches: readonly Watch[]): Reply {
  const { language } = person;
  if (watches.length === 0) {
    const word = language === 'ko' ? '관심 레포 추가' : 'watch';
    return { text: watchTexts.listNone[language](), suggestions: [word], person };
  }
  const verb = language === 'ko' ? '상태' : 'status';
  const lines = watches.map(({ nickname, repository, branch, isPaused }, index) => {
    const marks = [
      `${repository.owner}/${repository.name}`,
      branch.name,
      ...(isPaused ? [watchTexts.paused[language]()] : []),
      ...(branch.state === 'ok' ? [] : [watchTexts.missing[language]()]),
    ];
    return `${index + 1}. ${nickname} (${marks.join(' · ')})`;
  });
  return {
    text: [watchTexts.list[language](), ...lines].join('\n'),
    suggestions: watches.slice(0, MOST_SUGGESTIONS).map((_, index) => `${verb} ${index + 1}`),
    person,
  };
}
