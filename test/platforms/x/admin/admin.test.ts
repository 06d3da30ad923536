import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../src/lib/time.ts';
import {
  type Browser,
  CALLBACK,
  connect,
  createBrowser,
  createDesk,
  type Desk,
  logIn,
  ORIGIN,
  PASSWORD,
} from '../../../pages/admin/desk.ts';
import { press } from '../../../sandbox/x/login-client.ts';

const PAGE = '/admin/twitter';
const bot = '1700000000000000001';
const second = '1700000000000000009';
const hana = '1700000000000000101';

let desk: Desk;
let owner: Browser;
beforeEach(async () => {
  desk = await createDesk();
  owner = await logIn(desk);
});

/** Does what a button of the page does, and gives what the page tells then. */
async function tell(path: string, fields: readonly (readonly [string, string])[] = []) {
  const response = await owner.submit(path, fields);
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe(PAGE);
  const page = await owner.page(PAGE);
  return /role="status">(.*?)<\/div>/s.exec(page)?.[1] ?? '';
}

async function ready(): Promise<void> {
  await connect(desk, owner, bot);
  await tell(`${PAGE}/setup`);
}

/** Where X sends the browser back once the person has agreed. */
async function answerOf(version: 1 | 2): Promise<{ readonly location: string }> {
  const there = (await begin(version)).headers.get('location') ?? '';
  const back = await press(desk.harness.world, there, { allow: bot });
  return { location: back.headers.get('location') ?? '' };
}

function begin(version: 1 | 2): Promise<Response> {
  return owner.submit(`/login/twitter${version === 2 ? '?v=2' : ''}`);
}

function subscribedTypes(): string[] {
  return desk.harness.world.x
    .subscriptions()
    .map(({ eventType }) => eventType)
    .toSorted();
}

describe('from empty storage', () => {
  test.each([
    [1, bot],
    [2, bot],
    [1, second],
    [2, second],
  ] as const)(
    'a login by OAuth %i as %s and one press, and a message is answered',
    async (version, account) => {
      expect(await owner.page(PAGE)).toContain('먼저 계정을 연결해 주세요');
      expect((await connect(desk, owner, account, version)).headers.get('location')).toBe(PAGE);
      const connected = await owner.page(PAGE);
      expect(connected).toContain('계정을 연결했어요.');
      expect(connected).toContain('받을 준비 마치기');
      expect(await tell(`${PAGE}/setup`)).toContain('웹훅이 준비됐어요');
      expect(await owner.page(PAGE)).toContain('받을 준비가 됐어요');

      const { world } = desk.harness;
      await world.x.say(hana, '고양이', { to: account });
      await desk.harness.settle();
      const said = world.x.conversation(hana, account).filter(({ from }) => from === account);
      expect(said).toHaveLength(1);
    },
  );

  test('pressing twice changes nothing more', async () => {
    await ready();
    expect(await tell(`${PAGE}/setup`)).toContain('새 구독 0개, 이미 있던 것 2개');
    expect(desk.harness.world.x.webhooks()).toHaveLength(1);
  });
});

describe('a login that does not finish', () => {
  test.each([1, 2] as const)('by OAuth %i tells that it was cancelled', async (version) => {
    const there = (await begin(version)).headers.get('location') ?? '';
    const back = await press(desk.harness.world, there, 'cancel');
    const response = await owner.get(back.headers.get('location') ?? '');
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('로그인을 취소했어요');
  });

  test('since the callback is not approved tells which address to add where', async () => {
    desk.harness.world.x.app.callbacks.length = 0;
    const response = await begin(1);
    expect(response.status).toBe(502);
    const page = await response.text();
    expect(page).toContain(CALLBACK);
    expect(page).toContain('developer.x.com');
  });

  test.each([1, 2] as const)(
    'is none when the answer to OAuth %i is opened once more: it says what is done',
    async (version) => {
      const { location } = await answerOf(version);
      await owner.get(location);
      const again = await owner.get(location);
      expect([again.status, again.headers.get('location')]).toEqual([303, PAGE]);
      expect(await owner.page(PAGE)).toContain('계정은 이미 연결되어 있어요');
      // The same while the browser still has its cookie, as when the first answer was lost.
      const late = await answerOf(version);
      const cookies = [...owner.cookies];
      await owner.get(late.location);
      for (const [name, value] of cookies) owner.cookies.set(name, value);
      expect((await owner.get(late.location)).status).toBe(303);
      expect(await owner.page(PAGE)).toContain('계정은 이미 연결되어 있어요');
      expect((await owner.get(location)).status).toBe(403);
    },
  );

  test('is one for whoever is not the owner, with an answer that was good', async () => {
    const { location } = await answerOf(2);
    await owner.get(location);
    expect((await createBrowser(desk).get(location)).status).toBe(403);
    await desk.harness.env.DB.exec(`DELETE FROM accounts`);
    expect((await owner.get(location)).status).toBe(403);
  });

  test.each([1, 2] as const)('since it took ten minutes (OAuth %i) says so', async (version) => {
    const { location } = await answerOf(version);
    desk.harness.world.clock.advance(10 * MINUTE_MS);
    const response = await owner.get(location);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('로그인이 너무 오래 걸렸거나');
  });

  test('since X refuses the keys tells which', async () => {
    desk.harness.redeploy({ TWITTER_API_SECRET: 'fake-wrong-secret' });
    const response = await begin(1);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('X가 앱의 키를 받아 주지 않았어요');
  });

  test('since the owner came by another address tells where to start', async () => {
    desk.harness.redeploy({ PUBLIC_URL: 'https://bot.example' });
    const response = await begin(2);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('href="https://bot.example/admin/twitter"');
  });

  test('since X does not answer tells to try again', async () => {
    desk.harness.world.faults.add({ path: '/oauth/request_token', kind: 'network' });
    const response = await begin(1);
    expect(response.status).toBe(502);
    expect(await response.text()).toContain('잠시 뒤에 다시');
  });

  test('tells so in English to whoever reads English', async () => {
    await owner.get('/admin?lang=en');
    const response = await owner.get('/login/twitter/callback?denied=x');
    expect(response.status).toBe(403);
    const page = await response.text();
    expect(page).toContain('<html lang="en">');
    expect(/<main.*<\/main>/s.exec(page)?.[0]).not.toMatch(/[가-힣]/);
  });

  test('without keys shows no button but the names of the secrets', async () => {
    desk.harness.redeploy({ TWITTER_API_KEY: undefined, TWITTER_CLIENT_ID: undefined });
    const page = await owner.page(PAGE);
    expect(page).not.toContain('action="/login/twitter');
    expect(page).toContain('TWITTER_CLIENT_ID');
  });
});

test('on this machine X comes back to 127.0.0.1, and the browser goes on to localhost', async () => {
  const { app } = desk.harness.world.x;
  app.callbacks.push('http://127.0.0.1:8787/login/twitter/callback');
  const local = createBrowser(desk, { origin: 'http://localhost:8787' });
  await local.post('/admin/login', { password: PASSWORD });
  const started = await local.submit('/login/twitter?v=2');
  const there = started.headers.get('location') ?? '';
  const back = await press(desk.harness.world, there, { allow: bot });
  const first = await createBrowser(desk).get(back.headers.get('location') ?? '');
  expect(first.status).toBe(302);
  const ended = await local.get(first.headers.get('location') ?? '');
  expect(ended.headers.get('location')).toBe(PAGE);
});

describe('the webhook', () => {
  test('is registered, and shown with the secret that answers CRC', async () => {
    expect(await tell(`${PAGE}/webhook`)).toContain('TWITTER_CLIENT_SECRET');
    const page = await owner.page(PAGE);
    expect(page).toContain(`${ORIGIN}/webhook/twitter`);
    expect(page).toContain('유효함');
  });

  test('is answered with the other secret when X wants that one', async () => {
    desk.harness.world.x.app.crcSecret = 'consumer';
    expect(await tell(`${PAGE}/webhook`)).toContain('TWITTER_API_SECRET');
    expect(await owner.page(PAGE)).toContain('CRC에 답하는 비밀 값: TWITTER_API_SECRET');
  });

  test.each<[string, (desk: Desk) => void, string]>([
    [
      'CRC fails',
      ({ harness }) => harness.world.x.reachBy(async () => new Response('no', { status: 500 })),
      '확인(CRC)에 옳게 답하지 못했어요',
    ],
    [
      'X is out of webhooks',
      ({ harness }) => {
        harness.world.x.app.webhookLimit = 0;
      },
      '웹훅 수가 다 찼어요',
    ],
    [
      'credits are gone',
      ({ harness }) => {
        harness.world.x.app.credits = 0;
      },
      '크레딧',
    ],
    [
      'the address has a port',
      ({ harness }) => harness.redeploy({ PUBLIC_URL: 'https://soshik.example:8443' }),
      'X가 이 주소를 받지 않아요',
    ],
    [
      'the keys are wrong',
      ({ harness }) => harness.redeploy({ TWITTER_API_SECRET: 'fake-wrong-secret' }),
      'X가 앱의 키를 받아 주지 않았어요',
    ],
  ])('that cannot be registered since %s is told in words', async (_name, change, words) => {
    change(desk);
    expect(await tell(`${PAGE}/webhook`)).toContain(words);
  });

  test('is removed only after a question', async () => {
    await tell(`${PAGE}/webhook`);
    const { id = '' } = desk.harness.world.x.webhooks()[0] ?? {};
    const question = await owner.page(`${PAGE}/webhooks/${id}/remove`);
    expect(question).toContain('웹훅을 지울까요?');
    expect(question).toContain(`${ORIGIN}/webhook/twitter`);
    expect(desk.harness.world.x.webhooks()).toHaveLength(1);
    expect(await tell(`${PAGE}/webhooks/${id}/remove`)).toContain('웹훅을 지웠어요');
    expect(desk.harness.world.x.webhooks()).toHaveLength(0);
    expect((await owner.get(`${PAGE}/webhooks/${id}/remove`)).status).toBe(303);
  });

  test('is asked for the last 24 hours, and nothing is answered twice', async () => {
    await ready();
    const { world } = desk.harness;
    await world.x.say(hana, 'cat');
    await desk.harness.settle();
    world.clock.advance(DAY_MS / 25);
    expect(await owner.page(`${PAGE}/replay`)).toContain('다시 받을까요?');
    expect(await tell(`${PAGE}/replay`)).toContain('다시 보내 달라고 했어요');
    await world.x.settled();
    await desk.harness.settle();
    expect(world.x.conversation(hana).filter(({ from }) => from === bot)).toHaveLength(1);
  });
});

describe('an account', () => {
  test('gets the events that are ticked, and no more', async () => {
    await ready();
    const events = `${PAGE}/accounts/${bot}/events`;
    const first = await tell(events, [
      ['type', 'follow.follow'],
      ['type', 'like.create'],
      ['type', 'no.such.type'],
    ]);
    expect(first).toContain('새 구독 2개');
    expect(subscribedTypes()).toEqual([
      'chat.received',
      'dm.received',
      'follow.follow',
      'like.create',
    ]);
    expect(await owner.page(PAGE)).toMatch(/value="follow\.follow" checked/);
    expect(await tell(events)).toContain('지운 것 2개');
    expect(subscribedTypes()).toEqual(['chat.received', 'dm.received']);
  });

  test('is disconnected only after a question, and nothing of it is left', async () => {
    await ready();
    const path = `${PAGE}/accounts/${bot}/disconnect`;
    expect(await owner.page(path)).toContain('@soshik_bot 계정의 구독을 지우고');
    expect(desk.harness.world.x.subscriptions()).toHaveLength(2);
    expect(await tell(path)).toContain('연결을 끊고 X의 토큰도 없앴어요. 지운 구독: 2개');
    expect(desk.harness.world.x.subscriptions()).toHaveLength(0);
    expect((await desk.harness.env.TOKENS.list()).keys).toEqual([]);
    expect(await owner.page(PAGE)).toContain('아직 연결된 계정이 없어요');
  });

  test('whose consent was withdrawn is asked for again', async () => {
    await ready();
    await desk.harness.env.DB.prepare(
      `UPDATE accounts SET state = 'log-in-again', reason = 'refused'`,
    ).run();
    const page = await owner.page(PAGE);
    expect(page).toContain('다시 로그인해 주세요');
    expect(page).toContain('action="/login/twitter?v=2"');
  });
});

test('limits are shown as bars, and the month’s cost as a table', async () => {
  await ready();
  await desk.harness.world.x.say(hana, 'cat');
  await desk.harness.settle();
  const page = await owner.page(PAGE);
  expect(page).toMatch(/메시지 · @soshik_bot · 15분<\/span><b>1 \/ 15/);
  expect(page).toContain('<meter');
  expect(page).toMatch(
    /dm\.received<\/code><\/td><td class="number">1<\/td><td class="number">\$0\.010/,
  );
  expect(page).toMatch(/합계<\/th><td class="number">\$0\.025/);
});
