import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Harness } from '../worker/harness.ts';

/** What is thrown at one door in one test. Each run draws others: a few runs make ten thousand. */
export const MANY = 250;
/** It takes a few seconds; more on a busy machine. */
export const TIMEOUT_MS = 60_000;

/** Any text, the awkward ones more often. */
export const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom('', ' ', '\n', '\u0000', '\ud800', '가'.repeat(3000), '{{#webhook.x}}', "';--"),
);

/** Anything JSON can say, or nothing at all. */
export const anything = fc.oneof(fc.jsonValue(), anyText, fc.constant(undefined));

/** Mostly what it should be. */
export function odd(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: anything });
}

/** An object whose members, and itself, are mostly what they should be. */
export function oddRecord(
  members: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<unknown> {
  const entries = Object.entries(members).map(([name, value]) => [name, odd(value)] as const);
  return odd(fc.record(Object.fromEntries(entries)));
}

/** Bodies that are no JSON, or anything in JSON. */
export const anyBody = fc.oneof(
  anyText,
  fc.json(),
  fc.json({ stringUnit: 'binary' }),
  fc.constantFrom('[]', 'null', '{', '{}{}', '[[[[', `${'['.repeat(5000)}${']'.repeat(5000)}`),
);

/** What people say to the bot, in any order, with anything between. */
const WORDS = `
  구독|관심 레포 추가|목록|상태|해제|멈춤|다시|이름|설정|메뉴|알림|켜기|끄기|고양이|넷플릭스|연결|탈퇴
  |네|취소|결과 보기|watch|list|status|unwatch|rename|settings|menu|cat|login|yes|/start|hana/garden
  |https://github.com/hana/garden/tree/dev|hana/nothing|as|main|dev|1|2|-1|999999999999|정원|릴리스만
  |매일 9시|태그 v2.*|내일|점심|건너뛰기|skip|％|<b>|\u200b`;
const word = fc.constantFrom(...WORDS.split('|').map((one) => one.trim()));
export const anyWords = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
  fc.tuple(word, anyText).map(([first, rest]) => `${first} ${rest}`),
  anyText,
);

const chat = oddRecord({
  id: fc.constantFrom(6_100_000_001, -4_200_000_001, -1, 2 ** 53, 0.5),
  type: fc.constantFrom('private', 'group', 'supergroup', 'channel', 'moon'),
});
const user = oddRecord({ id: fc.nat(), is_bot: fc.boolean(), language_code: anyText });
const message = oddRecord({
  message_id: fc.nat(),
  date: fc.nat(),
  chat,
  from: user,
  text: anyText,
  caption: anyText,
  entities: fc.array(
    oddRecord({
      type: fc.constantFrom('bot_command', 'mention', 'text_mention', 'url'),
      offset: fc.integer({ min: -5, max: 50 }),
      length: fc.integer({ min: -5, max: 50 }),
      user,
    }),
    { maxLength: 3 },
  ),
  reply_to_message: anything,
});
/** What a Telegram update can tell of, each mostly as it should be. */
export const telegramParts = fc.record(
  {
    message,
    edited_message: message,
    callback_query: oddRecord({ id: anyText, from: user, data: anyText, message }),
    my_chat_member: oddRecord({
      chat,
      from: user,
      new_chat_member: oddRecord({ status: fc.constantFrom('member', 'kicked', 'left', 'moon') }),
    }),
    poll: anything,
  },
  { requiredKeys: [] },
);

const ref = fc.oneof(
  fc.constantFrom('refs/heads/main', 'refs/heads/', 'refs/tags/v1', 'refs/heads/../..', 'main'),
  anyText.map((text) => `refs/heads/${text}`),
);

/** What GitHub's webhook can tell of a repository, mostly as it should be. */
export function githubPayload(repositoryId: number): fc.Arbitrary<unknown> {
  return oddRecord({
    ref,
    ref_type: fc.constantFrom('branch', 'tag', 'moon'),
    deleted: fc.boolean(),
    action: fc.constantFrom('published', 'released', 'renamed', 'deleted', 'moon'),
    repository: oddRecord({
      id: fc.constantFrom(repositoryId, 1, 0, -1, 2 ** 53, 1.5),
      full_name: anyText,
    }),
    commits: anything,
    release: anything,
  });
}

/** Nobody was written to, on any channel. */
export function expectNothingSent({ world }: Harness): void {
  const sends = ['api.telegram.org', 'api.x.com', 'kapi.kakao.com', 'bot-api.kakao.com'];
  const hosts = new Set(world.requests.map(({ url }) => new URL(url).host));
  expect(sends.filter((host) => hosts.has(host))).toEqual([]);
}

/** How many rows the Worker keeps of each. */
export async function rowCounts({ env }: Harness) {
  const counts = await env.DB.prepare(
    `SELECT (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM inbox) AS events,
            (SELECT count(*) FROM deliveries) AS deliveries`,
  ).first<{ people: number; events: number; deliveries: number }>();
  if (!counts) throw new Error('no counts');
  return counts;
}
