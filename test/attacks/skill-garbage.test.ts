import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { skillAnswerProblems } from '../sandbox/kakao/skill-answer.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { createHarness, type Harness } from '../worker/harness.ts';
import {
  anyBody,
  anyText,
  anything,
  anyWords,
  expectNothingSent,
  MANY,
  odd,
  oddRecord,
  rowCounts,
  TIMEOUT_MS,
} from './garbage.ts';

let harness: Harness;
/** Whoever the payloads could be taken to come from. */
let callers: Set<string>;
beforeEach(async () => {
  harness = await createHarness();
  harness.world.github.addRepository({ owner: 'hana', name: 'garden', branches: ['main', 'dev'] });
  callers = new Set();
});

/** Posts a payload to a skill under the right token; the answer must be one that Kakao shows. */
async function expectAnswer(path: string, body: string, inGroup = false): Promise<void> {
  const response = await harness.fetch(
    new Request(new URL(path, 'https://soshik.example'), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-skill-token': sandboxSecrets.KAKAO_SKILL_TOKEN,
      },
      body,
    }),
  );
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json\b/);
  const text = await response.text();
  expect(skillAnswerProblems(JSON.parse(text), { inGroup, mayWait: false })).toEqual([]);
  // Nothing broke on the way either: that would be told as trouble.
  expect(text).not.toMatch(/잠깐 문제가|went wrong|D1_ERROR|SQLITE|undefined|\[object/);
}

/** Nobody was written to, nothing waits, and no more people are known than there were callers. */
async function expectQuiet(): Promise<void> {
  // Whoever began to watch a branch has it looked at soon.
  await harness.settle();
  expectNothingSent(harness);
  expect([harness.queues.waiting, harness.queues.dead]).toEqual([[], []]);
  const { people, events, deliveries } = await rowCounts(harness);
  expect([events, deliveries]).toEqual([0, 0]);
  expect(people).toBeLessThanOrEqual(callers.size);
}

const path = fc.constantFrom('/skill', '/api/barcode/', '/api/repoList/', '/api/repoStatus/');

test(
  'many bodies that are no JSON, or anything in JSON, are answered with a hint',
  async () => {
    await fc.assert(
      fc.asyncProperty(path, anyBody, (to, text) => expectAnswer(to, text)),
      { numRuns: MANY },
    );
    await expectQuiet();
  },
  TIMEOUT_MS,
);

describe('payloads of the right shape', () => {
  const params = fc.dictionary(
    fc.constantFrom('barcode', 'repoAlias', 'repo', '__proto__', 'constructor', 'toString'),
    odd(oddRecord({ origin: anyText, value: fc.oneof(anyText, fc.json()) })),
  );
  const payload = oddRecord({
    bot: oddRecord({ id: anyText, name: anyText }),
    action: oddRecord({ name: anyText, params, detailParams: params, clientExtra: anything }),
    userRequest: oddRecord({
      user: oddRecord({
        id: fc.constantFrom('user-1', 'user-2', 'user-3'),
        type: anyText,
        properties: oddRecord({
          plusfriendUserKey: fc.constantFrom('key-1', 'key-2', 'key-3'),
          appUserId: fc.oneof(fc.nat(), anyText),
          isFriend: fc.boolean(),
        }),
      }),
      utterance: anyText,
      params: anything,
      lang: fc.constantFrom('ko', 'kr', 'en', 'xx', ''),
      timezone: anyText,
    }),
    contexts: anything,
    flow: anything,
  });

  test(
    'are answered all the same with anything in them',
    async () => {
      await fc.assert(
        fc.asyncProperty(path, payload, async (to, value) => {
          const text = JSON.stringify(value) ?? '';
          const [, id] = /"user":\{"id":"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
          if (id !== undefined) callers.add(id);
          await expectAnswer(to, text);
        }),
        { numRuns: MANY },
      );
      expect(callers.size).toBeGreaterThanOrEqual(3);
      await expectQuiet();
    },
    TIMEOUT_MS,
  );
});

describe('whatever one of three people, or a group room, says is answered:', () => {
  const person = fc.constantFrom('user-1', 'user-2', 'user-3');

  test.each([
    ['in a chat', false],
    ['in a room', true],
  ])(
    '%s',
    async (_where, inGroup) => {
      await fc.assert(
        fc.asyncProperty(person, anyWords, async (id, utterance) => {
          callers.add(id);
          const properties = { botGroupKey: `room-${id}` };
          const userRequest = {
            user: { id, properties: { plusfriendUserKey: `key-of-${id}` } },
            ...(inGroup && { chat: { id: 'room', type: 'botGroupKey', properties } }),
            utterance,
            lang: 'ko',
          };
          await expectAnswer('/skill', JSON.stringify({ userRequest }), inGroup);
        }),
        { numRuns: MANY },
      );
      await expectQuiet();
    },
    TIMEOUT_MS,
  );
});
