import * as v from 'valibot';
import { type ApiAnswer, problem } from '../../../bot/api.ts';
import type { Bot } from '../../../bot/context.ts';
import type { Result } from '../../../lib/result.ts';
import type { Text } from '../../../lib/text.ts';
import type { Language } from '../../../lib/time.ts';
import type { Person } from '../../../store/people.ts';
import { watchesOf } from '../store/watches.ts';
import { type WatchProblem, watchProblems } from '../talk/texts.ts';
import type { NotFound } from '../watching/find.ts';
import { listOptions, manyStatements, seekMany } from '../watching/many.ts';
import { readWatchOptions } from '../watching/options.ts';
import { changeOptions, registerWatch } from '../watching/register.ts';

/** A branch that somebody is to hear of, as a program asks for it; kept until an address is proved. */
export const wishSchema = v.object({
  address: v.string(),
  branch: v.string(),
  nickname: v.string(),
  /** In the words of the chat; blank: as a watch begins. */
  options: v.string(),
  /** `owner/name` of a whole list instead: their default branches are watched, for releases. */
  list: v.optional(v.array(v.string()), []),
});
export type Wish = Readonly<v.InferOutput<typeof wishSchema>>;

/**
 * Watches the branch for a person, with the options that were asked for.
 *
 * @returns of a list, what of it is watched now and was not before
 */
export async function carryOut(
  bot: Bot,
  person: Person,
  { address, branch, nickname, options: words, list }: Wish,
): Promise<Result<{ readonly repositories?: readonly string[] }, NotFound>> {
  if (list.length > 0) {
    const sought = await seekMany(bot, person, list);
    if (!sought.ok) return sought;
    const writes = manyStatements(bot, person.id, sought.value, listOptions(words));
    const written = (await bot.db.batch<{ name: string }>(writes)).at(-1)?.results ?? [];
    return { ok: true, value: { repositories: written.map(({ name }) => name) } };
  }
  const registered = await registerWatch(bot, person, { address, branch, nickname });
  if (!registered.ok) return registered;
  if (words !== '') {
    const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
    const watch = watches.find((one) => one.nickname === registered.value.nickname);
    const options = watch && readWatchOptions(watch.options, words);
    if (options) await changeOptions(bot, person.id, watch, options);
  }
  return { ok: true, value: {} };
}

/** The messages of the calls: those of the seed word for word, and ours. */
export const messages = {
  deleted: { ko: '삭제되었습니다', en: 'Deleted.' },
  type: {
    ko: '타입은 이 가운데 하나로 보내 주세요: {types}',
    en: 'type is one of {types}.',
  },
  id: {
    ko: '이 타입의 아이디가 아니에요. telegram과 twitter는 숫자, webhook은 공개된 https 주소, discord와 slack은 그곳의 웹훅 주소예요.',
    en: 'That is no id of this type: telegram and twitter have numbers, webhook a public https address, discord and slack the address of a webhook there.',
  },
  options: {
    ko: '옵션을 이해하지 못했어요. 예: 릴리스만 태그 v2.* 매일 9시',
    en: 'The options are not understood. Example: releases only tag v2.* daily 9',
  },
  noList: {
    ko: 'list에 저장소 주소나 의존성 파일을, 또는 stars에 GitHub 아이디를 보내 주세요.',
    en: 'Send addresses of repositories or a file of dependencies as list, or an account at GitHub as stars.',
  },
  noAccount: { ko: 'GitHub에 그 계정이 없어요.', en: 'There is no such account at GitHub.' },
  noPerson: { ko: '등록되지 않은 아이디예요.', en: 'Nobody is registered with this id.' },
  noWatch: {
    ko: '등록되지 않은 별명이나 레파지토리예요.',
    en: 'This nickname or repository is not registered.',
  },
  noRepository: {
    ko: '정상적이지 않은 레파지토리명 입니다',
    en: 'There is no such repository or branch on GitHub.',
  },
  noGitHub: {
    ko: 'GITHUB API 호출할때 문제가 생겼습니다.',
    en: 'GitHub does not answer. Please try again in a while.',
  },
  codeSent: {
    ko: '그 주소로 확인 코드를 보냈어요. 하루 안에 POST /api/proof/ 에 code로 보내 주세요. 그때 등록돼요.',
    en: 'A code was sent to the address. Send it to POST /api/proof/ as code within a day; it is registered then.',
  },
  codeWrong: { ko: '코드가 달라요.', en: 'The code is wrong.' },
  codeOver: {
    ko: '코드가 끝났어요. POST /api/ 로 다시 등록하면 새 코드를 보내 드려요.',
    en: 'The code is over. Register again by POST /api/ for a new one.',
  },
  tooManyCodes: {
    ko: '그 주소로 코드를 세 번 보냈지만 돌아오지 않았어요. 더 보내지 않아요.',
    en: 'Three codes were sent to this address and none came back. No more are sent.',
  },
  hookGone: {
    ko: '그 웹훅은 이제 없어요. 새로 만들어 주세요.',
    en: 'This webhook is not there any more. Please make a new one.',
  },
  hookWaits: {
    ko: '그 주소는 잠시 쉬어야 해요. 조금 뒤에 다시 해 주세요.',
    en: 'This address has to rest for a while. Please try again later.',
  },
  hookFailed: {
    ko: '그 주소가 메시지를 받지 않았어요. 조금 뒤에 다시 해 주세요.',
    en: 'The address did not take the message. Please try again in a while.',
  },
  webhookOff: {
    ko: '지금은 웹훅을 쓸 수 없어요. 봇 주인이 TOKEN_KEY를 넣어야 해요.',
    en: 'Webhooks are off until the owner of this bot sets TOKEN_KEY.',
  },
} as const satisfies Record<string, Text>;

/** Status and, where the seed has its own words, message for what the chat calls a problem. */
const problems: Readonly<Record<WatchProblem, readonly [status: number, message?: Text]>> = {
  'not-a-repository': [400, messages.noRepository],
  'other-host': [400, messages.noRepository],
  'not-found': [404, messages.noRepository],
  'no-branch': [404, messages.noRepository],
  'not-seen': [404],
  'several-branches': [409],
  empty: [404],
  'too-many-branches': [400],
  blocked: [404],
  'nickname-invalid': [400],
  'nickname-taken': [409],
  'too-many': [409],
  off: [503],
  unavailable: [502, messages.noGitHub],
  'held-back': [429],
};

/** A refusal for a reason that the chat knows too. */
export function watchProblem(reason: WatchProblem, language: Language): ApiAnswer {
  const [status, message] = problems[reason];
  const own = { ko: watchProblems[reason].ko(), en: watchProblems[reason].en() };
  return problem(status, message ?? own, language);
}
