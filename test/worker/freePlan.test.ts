import { describe, expect, test } from 'vitest';
import { USUAL, writeOwn } from '../../src/features/menu/own.ts';
import { HOUR_MS } from '../../src/lib/time.ts';
import { createBrowser } from '../pages/admin/desk.ts';
import { neisRows } from '../sandbox/neis-rows.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { ALLOWED, createCounter, type Invocation, most } from './counted.ts';
import { connectWebhook, createHarness, type Harness, SATURDAY } from './harness.ts';
import { fleet, halfHour } from './repoPollSteps.ts';
import { chatter, SKILL, say } from './skillSteps.ts';
import { connectTelegram, privateChat } from './telegramSteps.ts';

/** The whole Worker, and what each of its invocations asked for. */
async function createCounted(vars: Readonly<Record<string, string>> = {}) {
  const { change, invocations } = createCounter();
  return { harness: await createHarness(vars, change), invocations };
}

async function letAllWrite(harness: Harness, text: string): Promise<void> {
  const { x } = harness.world;
  for (let turn = 0; turn < 6; turn++) {
    for (const person of x.people) await x.say(person.id, text);
  }
}

describe('no invocation asks for more than the free plan allows', () => {
  test.each(['고양이', 'cat 5', '넷플릭스'])('when many people say %s at once', async (text) => {
    const { harness, invocations } = await createCounted();
    await connectWebhook(harness);
    harness.world.x.limits.directMessages.per15Min = 500;
    await letAllWrite(harness, text);
    await harness.settle();
    expect(invocations.length).toBeGreaterThan(5);
    const { queries, calls } = most(invocations);
    expect(queries).toBeLessThanOrEqual(ALLOWED);
    expect(calls).toBeLessThanOrEqual(ALLOWED);
  });

  test.each(['each', 'thread'])('when Saturday comes, in style %s', async (style) => {
    const { harness, invocations } = await createCounted({ NETFLIX_POST_STYLE: style });
    await harness.cron(SATURDAY);
    await harness.settle();
    expect(harness.world.x.timeline().length).toBeGreaterThan(3);
    const { queries, calls } = most(invocations);
    expect(queries).toBeLessThanOrEqual(ALLOWED);
    expect(calls).toBeLessThanOrEqual(ALLOWED);
  });

  test('when X answers nothing for a while and everything is tried again', async () => {
    const { harness, invocations } = await createCounted({ NETFLIX_POST_STYLE: 'thread' });
    harness.world.faults.add({ host: 'api.x.com', kind: 'lost-answer', times: 60 });
    await harness.cron(SATURDAY);
    await harness.settle();
    const { queries, calls } = most(invocations);
    expect(queries).toBeLessThanOrEqual(ALLOWED);
    expect(calls).toBeLessThanOrEqual(ALLOWED);
  });

  test('and reading how everything is costs a few queries', async () => {
    const { harness, invocations } = await createCounted();
    await harness.cron(SATURDAY);
    await harness.settle();
    invocations.length = 0;
    await harness.fetch(new Request('https://soshik.example/healthz'));
    expect(most(invocations).queries).toBeLessThanOrEqual(32);
  });
});

/** Monday 2026-11-23 11:30 in Seoul. */
const LUNCH = Date.UTC(2026, 10, 23, 2, 30);

/** So many who hear of the menu by Telegram. */
async function menuReaders(harness: Harness, count: number): Promise<void> {
  const { DB } = harness.env;
  for (let index = 0; index < count; index++) {
    const { id } = harness.world.telegram.addPerson({ name: `사람 ${index}`, language: 'ko' });
    await DB.batch([
      DB.prepare(
        `INSERT INTO people (channel, address, language, created_at)
         VALUES ('telegram', ?1, 'ko', 0)`,
      ).bind(`${id}`),
      DB.prepare(
        `INSERT INTO topics (topic, person, is_on, changed_at)
         SELECT 'menu', id, 1, 0 FROM people WHERE address = ?1`,
      ).bind(`${id}`),
    ]);
  }
}

/**
 * The first so many readers have a school of their own each.
 *
 * @returns what each of them cooks for lunch
 */
async function ownSchools(harness: Harness, count: number): Promise<string[]> {
  const { DB } = harness.env;
  const [place] = harness.world.neis.schools;
  if (place === undefined) throw new Error('The sandbox has no school.');
  const names: string[] = [];
  for (let index = 0; index < count; index++) {
    const code = `${8_000_000 + index}`;
    const name = `국수 ${index} 그릇`;
    names.push(name);
    const cooked = { breakfast: name, lunch: name };
    harness.world.neis.rows.push(
      ...neisRows({ ...place, SD_SCHUL_CODE: code }, '2026-11-23', cooked),
    );
    const choice = writeOwn({ ...USUAL, school: { office: 'B10', school: code, name: '학교' } });
    await DB.prepare(
      `UPDATE topics SET choice = ?1
       WHERE topic = 'menu' AND person = (SELECT id FROM people ORDER BY id LIMIT 1 OFFSET ?2)`,
    )
      .bind(choice, index)
      .run();
  }
  return names;
}

/** Those schools were asked an hour before lunch. */
async function rememberMenus(harness: Harness, names: readonly string[]): Promise<void> {
  const { DB } = harness.env;
  const at = LUNCH - HOUR_MS;
  for (const [index, name] of names.entries()) {
    const meals = [{ meal: 'lunch', dishes: [{ name, allergens: [] }] }];
    const outcome = { kind: 'meals', place: '학교', meals, link: null };
    await DB.prepare(`INSERT INTO settings (key, value, changed_at) VALUES (?1, ?2, ?3)`)
      .bind(
        `menu-cache:menu-neis:B10:${8_000_000 + index}`,
        JSON.stringify({ days: [{ day: '2026-11-23', at, outcome }] }),
        at,
      )
      .run();
  }
}

/** Lunch is told. */
async function lunch(harness: Harness): Promise<void> {
  harness.world.neis.setMeals('2026-11-23', { lunch: '비빔밥<br/>김치' });
  await harness.cron(LUNCH);
  await harness.settle(LUNCH + 2 * HOUR_MS);
}

/** Logs in with Kakao, as somebody who follows the link on the home page. */
async function logIn(harness: Harness, personId: string): Promise<void> {
  const browser = createBrowser(harness);
  const started = await browser.get('/login/kakao', { 'sec-fetch-site': 'none' });
  const there = started.headers.get('location') ?? '';
  const target = await harness.world.kakao.logIn(there, personId);
  await browser.get(target, { 'sec-fetch-site': 'cross-site' });
}

function expectAllowed(invocations: readonly Invocation[]): void {
  const { queries, calls } = most(invocations);
  expect({ queries, calls, isAllowed: queries <= ALLOWED && calls <= ALLOWED }).toEqual({
    queries,
    calls,
    isAllowed: true,
  });
}

describe('no invocation for chats and their news asks for more either', () => {
  test('when somebody with a Kakao login says all there is to say in the Kakao chat', async () => {
    const { harness, invocations } = await createCounted();
    const { kakao, github } = harness.world;
    kakao.reachBy((request) => harness.fetch(request));
    kakao.connectSkill(SKILL, sandboxSecrets.KAKAO_SKILL_TOKEN);
    kakao.app.bot.isLinked = true;
    github.addRepository({ owner: 'hana', name: 'garden', branches: ['main', 'dev'] });
    await logIn(harness, chatter(harness).id);
    const texts = [
      '도움말|고양이|넷플릭스|메뉴|급식 내일|메뉴 알림 켜기|관심 레포 추가|hana/garden|dev|정원',
      '구독 hana/garden nowhere|목록|상태 1|멈춤 1|다시 1|이름 1 뜰|설정 1 모두|해제 1|연결|탈퇴|네',
    ];
    for (const text of texts.flatMap((line) => line.split('|'))) {
      await say(harness, text);
    }
    expectAllowed(invocations);
  });

  test('when many people write in Telegram at once', async () => {
    const { harness, invocations } = await createCounted();
    await connectTelegram(harness);
    const chats = [privateChat(harness), privateChat(harness, 'en')];
    for (const text of ['/start', '구독 hana/garden', 'cat 3', '상태 1', '넷플릭스', '메뉴']) {
      for (const chat of chats) await harness.world.telegram.say(chat, text);
    }
    await harness.settle();
    expectAllowed(invocations);
  });

  test.each(['reads', 'has left'])(
    'when the menu is told by Telegram to a hundred, each of whom %s it',
    async (what) => {
      const { harness, invocations } = await createCounted();
      await menuReaders(harness, 100);
      const { telegram } = harness.world;
      if (what === 'has left') for (const { id } of telegram.chats) telegram.deactivate(id);
      await lunch(harness);
      const heard = telegram.chats.filter(({ id }) => telegram.messages(id).length > 0);
      expect(heard).toHaveLength(what === 'reads' ? 100 : 0);
      expectAllowed(invocations);
    },
    20_000,
  );

  test.each(['answer', 'fail at first', 'are known'])(
    'when thirty have schools of their own, all of which %s',
    async (what) => {
      const { harness, invocations } = await createCounted();
      await menuReaders(harness, 31);
      const names = await ownSchools(harness, 30);
      if (what === 'are known') await rememberMenus(harness, names);
      if (what === 'fail at first') {
        const host = 'open.neis.go.kr';
        harness.world.faults.add({ host, kind: 'status', status: 503, times: 40 });
      }
      invocations.length = 0;
      await lunch(harness);
      const { telegram } = harness.world;
      const texts = telegram.chats.map(({ id }) => telegram.messages(id).at(-1)?.text ?? '');
      expect(names.filter((name) => !texts.some((text) => text.includes(name)))).toEqual([]);
      expect(texts.filter((text) => text.includes('비빔밥'))).toHaveLength(1);
      expectAllowed(invocations);
    },
    20_000,
  );

  test('when Telegram breaks every answer off', async () => {
    const { harness, invocations } = await createCounted();
    await menuReaders(harness, 40);
    harness.world.faults.add({ host: 'api.telegram.org', kind: 'lost-answer', times: 200 });
    await lunch(harness);
    expectAllowed(invocations);
  }, 20_000);

  test.each(['works', 'was taken back'])(
    'when the menu is told by KakaoTalk to fourteen whose access token is over and whose login %s',
    async (what) => {
      const { harness, invocations } = await createCounted();
      const { kakao } = harness.world;
      kakao.reachBy((request) => harness.fetch(request));
      const everyone = [...kakao.people, ...kakao.friends];
      for (const { id } of everyone) await logIn(harness, id);
      if (what !== 'works') for (const { id } of everyone) kakao.revokeTokens(id);
      invocations.length = 0;
      await lunch(harness);
      const heard = everyone.filter(({ id }) => kakao.memo(id).length > 0);
      expect(heard).toHaveLength(what === 'works' ? 14 : 0);
      expectAllowed(invocations);
    },
  );

  test('when a hundred of three hundred branches have news', async () => {
    const { harness, invocations } = await createCounted();
    const { github, telegram } = harness.world;
    const names = await fleet(harness, 300);
    // How fast one chat may be told is not what this is about.
    telegram.limits.chatBurst = 100;
    for (const name of names.slice(100, 200)) github.push(name, 'main', 2);
    invocations.length = 0;
    await halfHour(harness);
    // What waits for one chat goes out together.
    const told = await harness.env.DB.prepare(
      `SELECT count(*) AS count FROM deliveries WHERE state IN ('sent', 'merged')`,
    ).first('count');
    expect(told).toBe(100);
    const heard = telegram.messages(privateChat(harness)).map(({ text }) => text);
    // Each is named, whole or in a line.
    const named = names
      .slice(100, 200)
      .map((name) => heard.join('\n').split(`${name} ·`).length - 1);
    expect(named).toEqual(named.map(() => 1));
    expectAllowed(invocations);
  }, 30_000);
});

/** A queue that counts what is sent to it. */
function counting<Body>(queue: Queue<Body>, sent: { messages: number }): Queue<Body> {
  return {
    ...queue,
    send: (body, options) => {
      sent.messages += 1;
      return queue.send(body, options);
    },
    sendBatch: (all, options) => {
      const list = [...all];
      sent.messages += list.length;
      return queue.sendBatch(list, options);
    },
  };
}

describe('a day at rest', () => {
  test('takes at most 200 operations of the queue', async () => {
    const sent = { messages: 0 };
    const harness = await createHarness({}, ({ env }) => {
      const { EVENTS, POLLS, DELIVERIES } = env;
      return {
        env: {
          ...env,
          EVENTS: counting(EVENTS, sent),
          POLLS: counting(POLLS, sent),
          DELIVERIES: counting(DELIVERIES, sent),
        },
      };
    });
    const sunday = Date.UTC(2026, 10, 22, 4);
    await harness.cron(sunday);
    await harness.settle();
    sent.messages = 0;
    for (let half = 1; half <= 48; half++) {
      await harness.cron(sunday + half * (HOUR_MS / 2));
      await harness.settle(sunday + half * (HOUR_MS / 2) + HOUR_MS / 4);
    }
    // Each is written, read and deleted.
    expect(3 * sent.messages).toBeLessThanOrEqual(200);
  }, 60_000);
});
