import { isGroup } from '../../../bot/channels.ts';
import type { Bot } from '../../../bot/context.ts';
import { publicUrlOf } from '../../../bot/publicUrl.ts';
import type { Link, Reply } from '../../../bot/talk/types.ts';
import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { CHAT_OPTIONS, type WatchOptions } from '../store/options.ts';
import { watchesOf } from '../store/watches.ts';
import { changeOptions } from '../watching/change.ts';
import { describeOptions, readWatchOptions } from '../watching/options.ts';
import type { Registered } from '../watching/register.ts';
import { watchTexts } from './texts.ts';

const nextWords: Readonly<Record<Language, readonly string[]>> = {
  ko: ['목록', '관심 레포 추가', '연결'],
  en: ['list', 'watch', 'login'],
};

/**
 * Sets what a new watch tells: commits and releases, or what was said with it.
 *
 * @returns what is set now; `null` when the watch is gone already
 */
export async function setFromWords(
  bot: Bot,
  person: Person,
  id: number,
  words: string,
): Promise<WatchOptions | null> {
  const watch = (await watchesOf(bot.db, person.id)).find((one) => one.id === id);
  if (watch === undefined) return null;
  const { commits, releases } = CHAT_OPTIONS;
  const usual = { ...watch.options, commits, releases };
  const options = readWatchOptions(usual, words) ?? usual;
  await changeOptions(bot, person.id, watch, options);
  return options;
}

/**
 * What a person reads when a watch is set up.
 *
 * @param set what it tells; `null` when it was there before
 */
export async function welcome(
  bot: Bot,
  person: Person,
  registered: Registered,
  set: WatchOptions | null,
): Promise<Reply> {
  const { language } = person;
  const { repository, branch, nickname, isNew, renamedFrom } = registered;
  const fullName = `${repository.owner}/${repository.name}`;
  const isUntold =
    person.kakaoId === null && !isGroup(bot, person) && !bot.channels.has(person.channel);
  const lines = [
    isNew
      ? watchTexts.registered[language](nickname, fullName, branch.name)
      : watchTexts.already[language](nickname, fullName, branch.name),
    ...(set === null ? [] : [promise(set, language)]),
    ...(renamedFrom === null ? [] : [watchTexts.renamedFrom[language](renamedFrom)]),
    ...(repository.isArchived ? [watchTexts.archived[language]()] : []),
    ...(branch.head === null ? [watchTexts.empty[language]()] : []),
    ...(isUntold ? [watchTexts.linkHint[language]()] : []),
  ];
  const links = await historyLink(bot, repository.id, language);
  return { text: lines.join('\n'), suggestions: nextWords[language], links, person };
}

/** What will be told, in a sentence. */
function promise(options: WatchOptions, language: Language): string {
  const isUsual = options.commits && options.releases && options.digest === 'instant';
  return isUsual
    ? watchTexts.willTell[language]()
    : watchTexts.willTellSo[language](describeOptions(options, language));
}

/** The page with what happened in a repository; none where the public address is not known. */
export async function historyLink(
  bot: Bot,
  repository: number,
  language: Language,
): Promise<Link[]> {
  const origin = await publicUrlOf(bot);
  if (origin === null) return [];
  return [{ label: watchTexts.history[language](), url: `${origin}/repos/${repository}` }];
}
