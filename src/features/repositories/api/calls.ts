import {
  type ApiCall,
  answerSchema,
  type Field,
  type FieldName,
  LONGEST_LIST,
  objectSchema,
  type Schema,
} from '../../../bot/api.ts';
import type { Text } from '../../../lib/text.ts';
import { MOST_WATCHES } from '../../../store/watchRules.ts';
import { prove } from './hooks.ts';
import { messages } from './texts.ts';
import { aliases, commits, git, info, register, registerMany, remove } from './watches.ts';

const abouts = {
  id: [
    '카카오 봇 사용자 키, 텔레그램 채팅이나 X 사용자의 번호, 웹훅(Discord와 Slack도)의 https 주소',
    'key of a Kakao bot user, number of a Telegram chat or X user, https address of a webhook (Discord, Slack)',
    'https://hooks.example.com/soshik',
  ],
  owner: ['저장소 주인', 'owner of the repository', 'honojs'],
  repo: ['저장소 이름', 'name of the repository', 'hono'],
  fav_repository: ['GitHub 저장소 주소', 'address of a GitHub repository', 'honojs/hono'],
  nick_name: ['별명, 서른 자까지', 'nickname, 30 characters at most', 'hono'],
  type: [
    'kakao, telegram, twitter, discord, slack, webhook 가운데 하나',
    'one of kakao, telegram, twitter, discord, slack, webhook',
    'webhook',
  ],
  branch: ['브랜치', 'branch', 'main'],
  code: ['주소로 받은 확인 코드', 'the code that came to the address', '123456'],
  options: [
    '받을 소식과 때, 채팅의 ‘설정’과 같은 말 (릴리스만 매일 9시)',
    'what to tell and when, in the words of “set” in the chat',
    'releases daily 9',
  ],
  list: [
    '저장소 주소를 한 줄에 하나씩, 또는 package.json, requirements.txt의 내용',
    'addresses of repositories, one a line, or the text of a package.json or requirements.txt',
    'honojs/hono\nvitejs/vite',
  ],
  stars: ['별표를 볼 GitHub 아이디', 'account at GitHub whose stars are meant', 'octocat'],
  preview: ['true: 등록하지 않고 보기만', 'true: only tell, register nothing', 'true'],
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

const text: Schema = { type: 'string' };
const texts: Schema = { type: 'array', items: text };
const number: Schema = { type: 'integer', minimum: 0 };
const instant: Schema = { type: 'string', format: 'date-time' };
/** GitHub leaves it out where a commit does not say. */
const signature: Schema = { type: ['object', 'null'] };

const schemas = {
  Done: answerSchema(),
  Registered: answerSchema(
    {},
    { secret: { type: 'string', pattern: '^whsec_' }, proof: { const: 'code' } },
  ),
  Listed: answerSchema(
    {
      repositories: texts,
      already: texts,
      missing: texts,
      archived: texts,
      unsure: texts,
      names: texts,
      elsewhere: texts,
      left: texts,
    },
    { secret: { type: 'string', pattern: '^whsec_' }, proof: { const: 'code' } },
  ),
  Commits: {
    type: 'array',
    items: objectSchema({
      sha: text,
      html_url: text,
      commit: objectSchema({ message: text }, { author: signature, committer: signature }),
    }),
  },
  Repository: answerSchema({
    avatar_url: text,
    name: text,
    created_at: instant,
    updated_at: instant,
    stargazers_count: number,
    forks: number,
    branch_lists: { type: 'array', items: text },
    owner: text,
  }),
  Aliases: answerSchema({ alias: { type: 'array', items: text } }),
  Git: answerSchema({ repoUrl: text, repoBranch: text }),
} as const satisfies Record<string, Schema>;

const missing: Text = {
  ko: '등록되지 않았거나 GitHub에 없어요.',
  en: 'Not registered, or not on GitHub.',
};
const taken: Text = {
  ko: `이미 쓰는 별명이거나 ${MOST_WATCHES}개를 넘어요.`,
  en: `The nickname is taken, or there are ${MOST_WATCHES} already.`,
};
const off: Text = {
  ko: '봇 주인이 아직 켜지 않았어요.',
  en: 'Not switched on by the owner of this bot.',
};

/** The seed's REST API. */
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
    gives: { name: 'Registered', schema: schemas.Registered },
    problems: {
      404: missing,
      409: taken,
      429: messages.tooManyCodes,
      502: messages.noGitHub,
      503: off,
    },
    run: register,
  },
  {
    id: 'list',
    method: 'POST',
    path: '/api/list/',
    about: {
      ko: `여러 저장소나 한 계정이 별표한 저장소의 새 릴리스를 한꺼번에 등록해요. 한 사람에 ${MOST_WATCHES}개까지이고, 나머지와 알 수 없는 줄은 이유와 함께 돌려줘요.`,
      en: `Registers many repositories, or what an account starred, for releases at once. ${MOST_WATCHES} a person; the rest, and what could not be told, come back by their reason.`,
    },
    fields: [
      required('id'),
      required('type'),
      { ...optional('list'), most: LONGEST_LIST },
      optional('stars'),
      optional('options'),
      optional('preview'),
    ],
    from: 'body',
    gives: { name: 'Listed', schema: schemas.Listed },
    problems: {
      404: missing,
      429: messages.tooManyCodes,
      502: messages.noGitHub,
      503: off,
    },
    run: registerMany,
  },
  {
    id: 'commits',
    method: 'GET',
    path: '/api/',
    about: {
      ko: '지난번 이후의 커밋을 GitHub의 형식으로, 새것부터 돌려줘요. 한 번 읽으면 지나가요.',
      en: 'Commits since the last time as GitHub gives them, newest first. Reading consumes.',
    },
    consumes: true,
    fields: five,
    from: 'query',
    gives: { name: 'Commits', schema: schemas.Commits },
    problems: { 404: missing, 502: messages.noGitHub, 503: off },
    run: commits,
  },
  {
    id: 'info',
    method: 'GET',
    path: '/api/info/',
    about: { ko: '공개 저장소의 정보와 브랜치예요.', en: 'A public repository and its branches.' },
    fields: [required('id', 'owner'), required('repo')],
    from: 'query',
    gives: { name: 'Repository', schema: schemas.Repository },
    problems: { 404: missing, 502: messages.noGitHub, 503: off },
    run: info,
  },
  {
    id: 'alias',
    method: 'GET',
    path: '/api/alias/',
    about: { ko: '등록한 별명을 모두 돌려줘요.', en: 'Every nickname that is registered.' },
    fields: [required('id'), optional('type')],
    from: 'query',
    gives: { name: 'Aliases', schema: schemas.Aliases },
    problems: { 404: missing },
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
    gives: { name: 'Git', schema: schemas.Git },
    problems: { 404: missing },
    run: git,
  },
  {
    id: 'prove',
    method: 'POST',
    path: '/api/proof/',
    about: {
      ko: 'Discord와 Slack의 주소로 온 확인 코드를 돌려줘요. 기다리던 등록이 이때 돼요.',
      en: 'Brings back the code that came to an address of Discord or Slack; what waited for it is registered.',
    },
    fields: [required('id'), required('type'), required('code')],
    from: 'body',
    gives: { name: 'Done', schema: schemas.Done },
    problems: {
      404: missing,
      409: taken,
      410: messages.codeOver,
      502: messages.noGitHub,
      503: off,
    },
    run: prove,
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
    gives: { name: 'Done', schema: schemas.Done },
    problems: { 404: missing, 502: messages.noGitHub, 503: off },
    run: remove,
  },
];
