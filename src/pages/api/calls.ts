import { info } from '../../features/repositories/api/info.ts';
import { register } from '../../features/repositories/api/register.ts';
import { aliases, commits, git, remove } from '../../features/repositories/api/watches.ts';
import type { Text } from '../../ui/language.ts';
import { messages } from './texts.ts';
import type { ApiCall, Field, FieldName } from './types.ts';

const abouts = {
  id: [
    '카카오 봇 사용자 키, 텔레그램 채팅이나 X 사용자의 번호, 웹훅의 https 주소',
    'key of a Kakao bot user, number of a Telegram chat or X user, https address of a webhook',
    'https://hooks.example.com/soshik',
  ],
  owner: ['저장소 주인', 'owner of the repository', 'honojs'],
  repo: ['저장소 이름', 'name of the repository', 'hono'],
  fav_repository: ['GitHub 저장소 주소', 'address of a GitHub repository', 'honojs/hono'],
  nick_name: ['별명, 서른 자까지', 'nickname, 30 characters at most', 'hono'],
  type: [
    'kakao, telegram, twitter, webhook 가운데 하나',
    'one of kakao, telegram, twitter, webhook',
    'webhook',
  ],
  branch: ['브랜치', 'branch', 'main'],
  options: [
    '받을 소식과 때, 채팅의 ‘설정’과 같은 말 (릴리스만 매일 9시)',
    'what to tell and when, in the words of “set” in the chat',
    'releases daily 9',
  ],
} as const satisfies Record<string, readonly [ko: string, en: string, example: string]>;

function required(name: FieldName, about: keyof typeof abouts = name): Field {
  const [ko, en, example] = abouts[about];
  return { name, about: { ko, en }, example, isRequired: true };
}

function optional(name: FieldName): Field {
  return { ...required(name), isRequired: false };
}

/** The five fields of the seed, in the order in which it checks them. */
const five = [
  required('id'),
  required('fav_repository'),
  required('nick_name'),
  required('type'),
  required('branch'),
];

/** Every call of the REST API: routes, description and page are made of this table. */
export const calls: readonly ApiCall[] = [
  {
    id: 'register',
    method: 'POST',
    path: '/api/',
    about: {
      ko: '저장소를 등록해요. 등록한 브랜치면 별명만 바꿔요. 웹훅에는 Standard Webhooks의 secret을 줘요.',
      en: 'Registers a repository; a registered branch gets the nickname. A webhook gets its secret of Standard Webhooks.',
    },
    fields: [...five, optional('options')],
    from: 'body',
    gives: 'Registered',
    problems: [404, 409, 413, 415, 502, 503],
    run: register,
  },
  {
    id: 'commits',
    method: 'GET',
    path: '/api/',
    about: {
      ko: '지난번 이후의 커밋을 GitHub의 형식으로, 새것부터 돌려줘요. 한 번 읽으면 지나가요.',
      en: 'Commits since the last time as GitHub gives them, newest first. Reading consumes.',
    },
    fields: five,
    from: 'query',
    gives: 'Commits',
    problems: [404, 502, 503],
    run: commits,
  },
  {
    id: 'info',
    method: 'GET',
    path: '/api/info/',
    about: { ko: '공개 저장소의 정보와 브랜치예요.', en: 'A public repository and its branches.' },
    fields: [required('id', 'owner'), required('repo')],
    from: 'query',
    gives: 'Repository',
    problems: [404, 502, 503],
    run: info,
  },
  {
    id: 'alias',
    method: 'GET',
    path: '/api/alias/',
    about: { ko: '등록한 별명을 모두 돌려줘요.', en: 'Every nickname that is registered.' },
    fields: [required('id'), optional('type')],
    from: 'query',
    gives: 'Aliases',
    problems: [404],
    run: aliases,
  },
  {
    id: 'git',
    method: 'GET',
    path: '/api/git/',
    about: {
      ko: '별명의 저장소와 브랜치를 돌려줘요.',
      en: 'Repository and branch behind a nickname.',
    },
    fields: [required('id'), required('nick_name'), optional('type')],
    from: 'query',
    gives: 'Git',
    problems: [404],
    run: git,
  },
  {
    id: 'remove',
    method: 'DELETE',
    path: '/api/del/',
    about: {
      ko: '등록을 지워요. 값은 본문(폼, JSON)으로 보내도 돼요.',
      en: 'Deletes a registration. The fields may come in a body (form, JSON) instead.',
    },
    fields: [required('id'), required('nick_name'), optional('fav_repository'), optional('type')],
    from: 'either',
    gives: 'Done',
    problems: [404, 413, 415, 502, 503],
    run: remove,
  },
];

/** The chatbot's skills, which have routes of their own (src/platforms/kakao/skill.ts). */
export const skills: readonly { readonly path: string; readonly about: Text }[] = [
  { path: '/skill', about: { ko: '어떤 블록에나', en: 'for any block' } },
  { path: '/api/barcode/', about: { ko: 'QR 코드로 등록', en: 'registers by QR code' } },
  { path: '/api/repoList/', about: { ko: '별명 목록', en: 'list of nicknames' } },
  { path: '/api/repoStatus/', about: { ko: '최근 커밋', en: 'latest commits' } },
];

/** What the statuses mean, wherever they come. */
export const statuses: Readonly<Record<number, Text>> = {
  200: messages.done,
  400: { ko: '값이 없거나 틀려요.', en: 'A field is missing or wrong.' },
  401: messages.noKey,
  403: { ko: '다른 봇이에요.', en: 'Another bot.' },
  404: { ko: '등록되지 않았거나 GitHub에 없어요.', en: 'Not registered, or not on GitHub.' },
  409: {
    ko: '이미 쓰는 별명이거나 50개를 넘어요.',
    en: 'The nickname is taken, or there are 50 already.',
  },
  413: messages.tooLarge,
  415: messages.mediaType,
  502: messages.noGitHub,
  503: { ko: '봇 주인이 아직 켜지 않았어요.', en: 'Not switched on by the owner of this bot.' },
};

/** Every status a call can have. */
export function statusesOf({ problems }: ApiCall): readonly number[] {
  return [200, 400, 401, ...problems].toSorted((left, right) => left - right);
}
