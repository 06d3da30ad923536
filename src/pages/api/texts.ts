import type { FieldName } from '../../bot/api.ts';
import type { Text } from '../../lib/text.ts';

/** What is told before a call is carried out. */
export const messages = {
  noKey: {
    ko: '열쇠가 없거나 틀려요. Authorization: Bearer <API_KEY> 헤더를 보내 주세요.',
    en: 'The key is missing or wrong. Send the header Authorization: Bearer <API_KEY>.',
  },
  guessing: {
    ko: '틀린 열쇠가 너무 많이 왔어요. 한 시간 뒤에 다시 해 주세요.',
    en: 'Too many wrong keys came from here. Please try again in an hour.',
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
} as const satisfies Record<string, Text>;

const empty: Readonly<Record<FieldName, string>> = {
  id: '아이디는',
  fav_repository: '관심 레파지토리는',
  nick_name: '별명은',
  type: '타입은',
  branch: '브랜치명은',
  options: '옵션은',
  code: '코드는',
  repo: '레파지토리명은',
};

/** What is told when a required field is empty. */
export function emptyField(name: FieldName): Text {
  return { ko: `${empty[name]} 비어 있으면 안됩니다.`, en: `${name} must not be empty.` };
}
