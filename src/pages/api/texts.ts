import { type WatchProblem, watchProblems } from '../../features/repositories/talk/texts.ts';
import type { Language } from '../../lib/time.ts';
import type { Text } from '../../ui/language.ts';
import type { FieldName } from './types.ts';

/** The messages of the API: those of the seed word for word, and ours. */
export const messages = {
  done: { ko: '정상적으로 api 호출 완료', en: 'Done.' },
  deleted: { ko: '삭제되었습니다', en: 'Deleted.' },
  noKey: {
    ko: '열쇠가 없거나 틀려요. Authorization: Bearer <API_KEY> 헤더를 보내 주세요.',
    en: 'The key is missing or wrong. Send the header Authorization: Bearer <API_KEY>.',
  },
  method: {
    ko: '이 주소에서는 쓸 수 없는 메서드예요. Allow 헤더를 봐 주세요.',
    en: 'This method is not allowed here. See the header Allow.',
  },
  tooLarge: { ko: '본문은 64 KiB까지 보낼 수 있어요.', en: 'A body has 64 KiB at most.' },
  mediaType: {
    ko: '본문은 폼이나 application/json으로 보내 주세요.',
    en: 'Send the body as a form or as application/json.',
  },
  unreadable: {
    ko: '본문을 읽을 수 없어요. 올바른 폼이나 JSON 객체로 보내 주세요.',
    en: 'The body cannot be read. Send a well-formed form or JSON object.',
  },
  field: {
    ko: '{name} 값을 읽을 수 없어요. 한 줄로 2,000자까지 보내 주세요.',
    en: '{name} cannot be read. Send one line of 2,000 characters at most.',
  },
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

const empty: Readonly<Record<FieldName, string>> = {
  id: '아이디는',
  fav_repository: '관심 레파지토리는',
  nick_name: '별명은',
  type: '타입은',
  branch: '브랜치명은',
  options: '옵션은',
  repo: '레파지토리명은',
};

/** What is told when a required field is empty. */
export function emptyField(name: FieldName): Text {
  return { ko: `${empty[name]} 비어 있으면 안됩니다.`, en: `${name} must not be empty.` };
}

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

/** The status and the message for what the chat calls a problem. */
export function problemOf(
  reason: WatchProblem,
  language: Language,
): { readonly status: number; readonly message: string } {
  const [status, message] = problems[reason];
  return { status, message: message?.[language] ?? watchProblems[reason][language]() };
}
