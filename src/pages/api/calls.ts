import { type ApiCall, DONE, type FieldName, objectSchema, type Schema } from '../../bot/api.ts';
import type { Feature } from '../../bot/feature.ts';
import type { Text } from '../../lib/text.ts';

/** What is told before a call is carried out. */
export const messages = {
  noKey: {
    ko: '열쇠가 없거나 틀려요. Authorization: Bearer <API_KEY> 헤더를 보내 주세요.',
    en: 'The key is missing or wrong. Send the header Authorization: Bearer <API_KEY>.',
  },
  onlyReads: {
    ko: '이 열쇠로는 보기만 할 수 있는데, 이 호출은 무언가를 바꿔요. 바꿀 수도 있는 열쇠를 /admin/security에서 만들어 주세요.',
    en: 'This key may only look, and this call changes something. Make a key that may also change things on /admin/security.',
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
  list: {
    ko: '{name} 값을 읽을 수 없어요. 30,000자까지의 글로 보내 주세요.',
    en: '{name} cannot be read. Send a text of 30,000 characters at most.',
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
  list: '목록은',
  stars: '별표한 계정은',
  preview: '미리보기는',
};

/** What is told when a required field is empty. */
export function emptyField(name: FieldName): Text {
  return { ko: `${empty[name]} 비어 있으면 안됩니다.`, en: `${name} must not be empty.` };
}

/** What can be called: the features' calls, and the skills a chatbot calls. */
export interface Api {
  readonly calls: readonly ApiCall[];
  readonly skills: readonly { readonly path: string; readonly about: Text }[];
}

/** The API as the features make it. */
export function apiOf(features: readonly Feature[]): Api {
  const ofFeatures = features.flatMap(({ skills = {} }) => Object.entries(skills));
  return {
    calls: features.flatMap(({ apiCalls = [] }) => apiCalls),
    skills: [
      { path: '/skill', about: { ko: '어떤 블록에나', en: 'for any block' } },
      ...ofFeatures.map(([name, { about }]) => ({ path: `/api/${name}/`, about })),
    ],
  };
}

/** What the statuses mean that any call can have; 413 and 415 only those with a body. */
const common: Readonly<Record<number, Text>> = {
  200: DONE,
  400: { ko: '값이 없거나 틀려요.', en: 'A field is missing or wrong.' },
  401: messages.noKey,
};
const ofBodies: Readonly<Record<number, Text>> = {
  413: messages.tooLarge,
  415: messages.mediaType,
};

const ofChanges: Readonly<Record<number, Text>> = { 403: messages.onlyReads };

/** Whether nothing is another after the call than before. */
export function onlyLooks({ method, consumes }: ApiCall): boolean {
  return method === 'GET' && !consumes;
}

/** Every status a call can have, and what it means. */
export function statusesOf(call: ApiCall): Readonly<Record<number, Text>> {
  return {
    ...common,
    ...(onlyLooks(call) ? {} : ofChanges),
    ...call.problems,
    ...(call.from === 'query' ? {} : ofBodies),
  };
}

/** What the statuses mean, wherever they come: one with two meanings stands twice. */
export function allStatuses({ calls }: Api): readonly (readonly [status: string, about: Text])[] {
  const meanings = [...calls.map(statusesOf), skillStatuses].flatMap((one) => Object.entries(one));
  const each = new Map(meanings.map((one) => [`${one[0]} ${one[1].en}`, one]));
  return [...each.values()].toSorted(([one], [other]) => Number(one) - Number(other));
}

/** Of the skills, which have routes of their own. */
export const skillStatuses: Readonly<Record<number, Text>> = {
  200: DONE,
  401: messages.noKey,
  403: { ko: '다른 봇이에요.', en: 'Another bot.' },
};

/** Schemas of answers that are no call's own. */
export const commonSchemas = {
  Problem: {
    ...objectSchema({ code: { type: 'integer', minimum: 400 }, message: { type: 'string' } }),
    additionalProperties: false,
  },
  SkillRequest: objectSchema(
    {
      userRequest: objectSchema(
        { user: objectSchema({ id: { type: 'string' } }) },
        { utterance: { type: 'string' } },
      ),
    },
    { action: objectSchema({}, { detailParams: { type: 'object' } }) },
  ),
  SkillAnswer: objectSchema({ version: { const: '2.0' } }, { template: { type: 'object' } }),
  SkillProblem: objectSchema({ error: { type: 'string' } }),
} as const satisfies Record<string, Schema>;
