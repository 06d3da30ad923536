import { type ApiAnswer, problem } from '../../../bot/api.ts';
import type { Text } from '../../../lib/text.ts';
import type { Language } from '../../../lib/time.ts';
import { type WatchProblem, watchProblems } from '../talk/texts.ts';

/** The messages of the calls: those of the seed word for word, and ours. */
export const messages = {
  deleted: { ko: '삭제되었습니다', en: 'Deleted.' },
  type: {
    ko: '타입은 kakao, telegram, twitter, webhook 가운데 하나로 보내 주세요.',
    en: 'type is one of kakao, telegram, twitter and webhook.',
  },
  id: {
    ko: '이 타입의 아이디가 아니에요. telegram과 twitter는 숫자, webhook은 공개된 https 주소예요.',
    en: 'That is no id of this type: telegram and twitter have numbers, webhook a public https address.',
  },
  options: {
    ko: '옵션을 이해하지 못했어요. 예: 릴리스만 태그 v2.* 매일 9시',
    en: 'The options are not understood. Example: releases only tag v2.* daily 9',
  },
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
  private: [404],
  blocked: [404],
  'nickname-invalid': [400],
  'nickname-taken': [409],
  'too-many': [409],
  off: [503],
  unavailable: [502, messages.noGitHub],
};

/** A refusal for a reason that the chat knows too. */
export function watchProblem(reason: WatchProblem, language: Language): ApiAnswer {
  const [status, message] = problems[reason];
  const own = { ko: watchProblems[reason].ko(), en: watchProblems[reason].en() };
  return problem(status, message ?? own, language);
}
