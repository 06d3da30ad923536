import { beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../../src/bot/notice/notice.ts';
import { HOUR_MS } from '../../../src/lib/time.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  loginState,
  memos,
  personOf,
  tell,
  walkLogin,
} from './kakaoDesk.ts';

let desk: KakaoDesk;
let id: string;
beforeEach(async () => {
  desk = await createKakaoDesk();
  id = personOf(desk);
  await walkLogin(desk, id);
});

const menu = (dishes: readonly string[], link: string | null = null): Notice => ({
  kind: 'menu',
  language: 'ko',
  day: '2026-11-22',
  meal: 'lunch',
  place: '가온고등학교',
  dishes,
  link,
});

const template = () => desk.kakao.memo(id).at(-1)?.template;

describe('a message to oneself', () => {
  test('holds the menu as the seed wrote it', async () => {
    expect((await tell(desk, id, { notice: menu(['현미밥', '미역국', '배추김치']) })).kind).toBe(
      'sent',
    );
    expect(memos(desk, id)).toEqual(['11월 22일 일요일 점심\n현미밥\n미역국\n배추김치']);
  });

  test('over-long menus are cut at a grapheme, with a link to the whole', async () => {
    const dishes = Array.from({ length: 40 }, (_, index) => `긴 이름의 반찬 ${index} 👨‍👩‍👧`);
    const link = 'https://soshik.example/menu';
    expect((await tell(desk, id, { notice: menu(dishes, link) })).kind).toBe('sent');
    const text = String(template()?.['text']);
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text).toMatch(/…$/);
    expect(text.replaceAll('👨‍👩‍👧', '')).not.toMatch(/[\u{1F468}\u{1F469}\u{1F467}\u200d]/u);
    expect(template()).toMatchObject({ link: { web_url: link } });
  });

  test('leads to the bot when it has no page of its own', async () => {
    await tell(desk, id);
    expect(template()).toMatchObject({ link: { web_url: 'https://soshik.example/' } });
  });

  test('has a button for each of its two pages', async () => {
    const links = [
      { label: '목록', url: 'https://soshik.example/a' },
      { label: '바뀐 곳', url: 'https://github.com/o/r' },
    ];
    await tell(desk, id, {
      notice: { kind: 'text', language: 'ko', text: '소식', suggestions: [], links },
    });
    expect(template()).toMatchObject({
      buttons: [
        { title: '목록' },
        { title: '바뀐 곳', link: { web_url: 'https://github.com/o/r' } },
      ],
    });
  });

  test('of a page that is no web address goes without it', async () => {
    const links = [{ label: '열기', url: 'javascript:alert(1)' }];
    const notice: Notice = { kind: 'text', language: 'ko', text: '소식', suggestions: [], links };
    expect((await tell(desk, id, { notice })).kind).toBe('sent');
    expect(JSON.stringify(template())).not.toContain('javascript');
  });

  test('is not sent for a meal of a day that is over', async () => {
    const notice = { ...menu(['현미밥']), day: '2026-11-21' };
    expect((await tell(desk, id, { notice })).kind).toBe('refused');
    expect(memos(desk, id)).toEqual([]);
  });

  test('is refused when it would be blank', async () => {
    const blank: Notice = {
      kind: 'text',
      language: 'ko',
      text: ' \u0000 ',
      suggestions: [],
      links: [],
    };
    expect((await tell(desk, id, { notice: blank })).kind).toBe('refused');
  });

  test('of somebody who never logged in waits for them', async () => {
    expect(await tell(desk, '4100000999')).toMatchObject({ kind: 'wait', scope: 'account' });
  });

  test('waits when the limits of the day are used up, whatever Kakao counts', async () => {
    for (let count = 0; count < 100; count++) {
      expect((await tell(desk, id)).kind).toBe('sent');
    }
    expect(await tell(desk, id)).toEqual({
      kind: 'wait',
      scope: 'account',
      afterMs: HOUR_MS,
      note: 'kakao: daily limit',
    });
    expect(memos(desk, id)).toHaveLength(100);
  });
});

/** What the limits of a person and of the app count now. */
async function counted() {
  const { results } = await desk.env.DB.prepare(
    `SELECT (SELECT count(*) FROM kakao_sends) AS person,
       (SELECT ifnull(sum(used), 0) FROM budgets WHERE kind = 'message') AS app`,
  ).all();
  return results[0];
}

describe('what Kakao says', () => {
  const LOG_IN_AGAIN = { kind: 'wait', scope: 'account' };
  test.each([
    [-1, 400, { kind: 'retry', uncertain: true }, 'connected'],
    [-7, 400, { kind: 'retry', uncertain: false }, 'connected'],
    [-2, 400, { kind: 'refused' }, 'connected'],
    [-3, 403, { kind: 'sender' }, 'connected'],
    [-4, 403, { kind: 'sender' }, 'connected'],
    [-9, 400, { kind: 'sender' }, 'connected'],
    [-12, 403, { kind: 'sender' }, 'connected'],
    [-5, 403, { kind: 'sender' }, 'connected'],
    [-10, 400, { kind: 'retry', uncertain: false }, 'connected'],
    [-406, 401, { kind: 'gone' }, 'connected'],
    [-101, 400, LOG_IN_AGAIN, 'log-in-again not-linked'],
    [-103, 400, LOG_IN_AGAIN, 'log-in-again not-linked'],
    [-402, 403, LOG_IN_AGAIN, 'log-in-again consent'],
    [-501, 400, { kind: 'gone' }, 'connected'],
    [-530, 400, { kind: 'gone' }, 'connected'],
    [-532, 400, { kind: 'wait' }, 'connected'],
    [-603, 400, { kind: 'retry', uncertain: true }, 'connected'],
    [-9798, 503, { kind: 'retry', uncertain: false }, 'connected'],
  ])('%d has its outcome', async (code, status, outcome, login) => {
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'status', status, body: { code, msg: 'no' } });
    expect(await tell(desk, id)).toMatchObject(outcome);
    expect(await loginState(desk, id)).toBe(login);
  });

  test('-401 to a token just renewed is for the owner to mend, not for the person', async () => {
    const body = { code: -401, msg: 'ip mismatched! callerIp=192.0.2.1' };
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'status', status: 401, body, times: 9 });
    expect(await tell(desk, id)).toMatchObject({
      kind: 'sender',
      note: 'kakao: configuration -401',
    });
    desk.faults.clear();
    const dead = { code: -401, msg: 'this access token does not exist' };
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'status', status: 401, body: dead, times: 9 });
    expect(await tell(desk, id)).toMatchObject({
      kind: 'sender',
      note: 'kakao: configuration -401',
    });
    expect(await loginState(desk, id)).toBe('connected');
  });

  test('nothing, is a message that may have arrived', async () => {
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'lost-answer' });
    expect(await tell(desk, id)).toMatchObject({ kind: 'retry', uncertain: true });
  });

  test.each([
    ['maintenance', { kind: 'status', status: 503, body: { code: -9798, msg: 'no' } }, 0],
    ['too many', { kind: 'status', status: 400, body: { code: -10, msg: 'no' } }, 0],
    ['a refusal', { kind: 'status', status: 400, body: { code: -530, msg: 'no' } }, 0],
    ['a break in the middle', { kind: 'status', status: 400, body: { code: -603, msg: 'no' } }, 12],
    ['no answer', { kind: 'lost-answer' }, 12],
  ] as const)(
    'counts towards the limits of a day where it may have been taken (%s)',
    async (_what, fault, count) => {
      desk.faults.add({ host: 'kapi.kakao.com', ...fault, times: 12 });
      for (let tries = 0; tries < 12; tries++) await tell(desk, id);
      expect(await counted()).toEqual({ person: count, app: count });
      desk.faults.clear();
      expect((await tell(desk, id)).kind).toBe('sent');
      expect(await counted()).toEqual({ person: count + 1, app: count + 1 });
    },
  );

  test('is not asked when the app has no room, which counts for nobody', async () => {
    await desk.env.DB.prepare(
      `INSERT INTO budgets (kind, account, span_ms, used, resets_at)
       VALUES ('message', '*', 86400000, 15000, ?1)`,
    )
      .bind(desk.clock.now() + HOUR_MS)
      .run();
    expect((await tell(desk, id)).kind).toBe('wait');
    expect(await counted()).toEqual({ person: 0, app: 15_000 });
  });

  test('the missing consent (-402) sends the person through consent again', async () => {
    desk.kakao.withdrawScope(id, 'talk_message');
    expect(await tell(desk, id)).toMatchObject({ kind: 'wait', scope: 'account' });
    expect(await loginState(desk, id)).toBe('log-in-again consent');
    await walkLogin(desk, id);
    expect((await tell(desk, id)).kind).toBe('sent');
  });
});
