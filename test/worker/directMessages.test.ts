import { beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/time.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  reader,
  SATURDAY,
} from './harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectWebhook(harness);
});

async function say(language: 'ko' | 'en', text: string): Promise<string> {
  const person = reader(harness, language);
  await harness.world.x.say(person.id, text);
  await harness.settle();
  return answers(harness, person.id).at(-1) ?? '(silence)';
}

const facts = (reply: string) => reply.split('\n\n');

describe('a direct message', () => {
  test('that asks for a cat in Korean gets a Korean cat fact', async () => {
    expect(await say('ko', '고양이')).toMatch(/^[^\n]*[가-힣][^\n]* 냐옹~$/);
  });

  test("with the seed's words gets an English fact from catfact.ninja", async () => {
    expect(await say('en', 'Hello! Send me cat facts please')).toMatch(/ Nya~$/);
    const asked = harness.world.requests.map((request) => new URL(request.url));
    expect(asked.some((url) => url.host === 'catfact.ninja')).toBe(true);
  });

  test('in Korean never asks catfact.ninja, which speaks English only', async () => {
    await say('ko', '고양이 둘');
    const asked = harness.world.requests.map((request) => new URL(request.url).host);
    expect(asked).not.toContain('catfact.ninja');
  });

  test.each(['network', 'hang'] as const)(
    'in English is answered from the own facts when catfact.ninja fails (%s)',
    async (kind) => {
      harness.world.faults.add({ host: 'catfact.ninja', kind });
      expect(await say('en', 'cat')).toMatch(/^[A-Z].* Nya~$/);
    },
  );

  test.each([
    ['ko', '고양이 세 개'],
    ['en', 'cat 3'],
  ] as const)('(%s) that says %s gets three different facts', async (language, text) => {
    expect(new Set(facts(await say(language, text))).size).toBe(3);
  });

  test.each([
    ['고양이 0', 1],
    ['고양이 99', 5],
  ])('%s is answered with %d facts', async (text, count) => {
    expect(facts(await say('ko', text))).toHaveLength(count);
  });

  test('is never answered with the fact told just before', async () => {
    harness.world.x.limits.directMessages.per15Min = 500;
    let last: string[] = [];
    for (let turn = 0; turn < 25; turn++) {
      harness.world.clock.advance(15 * MINUTE_MS);
      const told = facts(await say('ko', '고양이 5'));
      expect(told.filter((fact) => last.includes(fact))).toEqual([]);
      last = told;
    }
  });

  test('that nobody understands gets a hint, in the language of the words', async () => {
    expect(await say('ko', '아무 말 대잔치')).toContain('이렇게 말해 보세요: 고양이');
    expect(await say('en', 'the quick brown fox jumps')).toContain('You can say: cat');
  });

  test('without words keeps the language the person spoke before', async () => {
    expect(await say('en', '🤷')).toContain('이렇게 말해 보세요');
    await say('en', 'help');
    expect(await say('en', '🤷')).toContain('You can say');
  });

  test('that asks for help is told what can be said', async () => {
    expect(await say('ko', '도움말')).toContain('넷플릭스');
    expect(await say('en', 'help')).toContain('netflix');
  });

  test('that asks for Netflix is told what is known, soonest first', async () => {
    expect(await say('ko', '넷플릭스')).toContain('아직 찾지 못했어요');
    await harness.cron(SATURDAY, '0 0 * * sat');
    await harness.settle();
    const reply = await say('ko', '넷플릭스');
    const days = [...reply.matchAll(/^(\d+)월 (\d+)일 \(.\) \S/gm)].map(
      ([, month, day]) => Number(month) * 100 + Number(day),
    );
    expect(days.length).toBe(10);
    expect(days).toEqual(days.toSorted((left, right) => left - right));
    expect(reply).toMatch(/그 밖에 \d+편이 더 있어요\.$/);
    expect(await say('en', 'netflix')).toMatch(/^Coming to Netflix/);
  });

  test.each(['xaa', 'aaa', 'v1'] as const)('is answered in the shape %s', async (envelope) => {
    const person = reader(harness, 'ko');
    await harness.world.x.say(person.id, '고양이', { envelope });
    await harness.settle();
    expect(answers(harness, person.id)).toHaveLength(1);
  });

  test('of one body with others is answered like the others', async () => {
    const { x } = harness.world;
    const bodies = x.people
      .slice(0, 2)
      .map((person) => x.envelope('xaa', x.write(person.id, '고양이')));
    await x.deliver({ data: bodies.flatMap((body) => ('data' in body ? [body.data] : [])) });
    await harness.settle();
    for (const person of x.people.slice(0, 2)) {
      expect(answers(harness, person.id)).toHaveLength(1);
    }
  });

  test('that is encrypted is counted and not answered', async () => {
    const person = reader(harness, 'ko');
    await harness.world.x.deliver(harness.world.x.encryptedEnvelope(person.id));
    await harness.settle();
    expect(answers(harness, person.id)).toEqual([]);
    const row = await harness.env.DB.prepare(`SELECT type, state FROM inbox`).first();
    expect(row).toEqual({ type: 'chat.received', state: 'done' });
  });

  test('leaves no text behind once it is answered', async () => {
    await say('ko', '고양이');
    const { DB } = harness.env;
    expect(await DB.prepare(`SELECT content FROM inbox`).first('content')).toBeNull();
    expect(await DB.prepare(`SELECT notice FROM deliveries`).first('notice')).toBeNull();
  });
});

describe("a message of one of the bot's own accounts to another", () => {
  test.each([
    ['of the one in the settings', 0, 1],
    ['of one that was connected on /admin', 1, 0],
  ])('%s is not answered', async (_whose, fromIndex, toIndex) => {
    const { x } = harness.world;
    const { accounts } = x;
    const [from, to] = [accounts[fromIndex], accounts[toIndex]];
    if (!from || !to) throw new Error('the sandbox has two accounts');
    await harness.env.DB.prepare(
      `INSERT INTO accounts (platform, id, username, kind, connected_at, state, state_since)
       VALUES ('twitter', ?1, ?2, 'oauth1', 0, 'connected', 0)`,
    )
      .bind(accounts[1]?.id, accounts[1]?.username)
      .run();
    await x.deliver(x.envelope('xaa', x.write(from.id, 'cat', to.id), to.id));
    await harness.settle();
    const rows = await harness.env.DB.prepare(`SELECT type, state FROM inbox`).all();
    expect(rows.results).toEqual([{ type: 'dm.received', state: 'done' }]);
    const { results } = await harness.env.DB.prepare(`SELECT id FROM deliveries`).all();
    expect(results).toEqual([]);
  });
});
