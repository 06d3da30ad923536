import { beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../src/bot/notice/notice.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { friendDeliveries } from '../../src/platforms/kakao/caller.ts';
import { linkPath } from '../../src/platforms/kakao/link.ts';
import { insertDeliveries, type NewDelivery } from '../../src/store/deliveries.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  memos,
  ORIGIN,
  personOf,
  pressOn,
  walkLogin,
} from '../platforms/kakao/kakaoDesk.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';

const LUNCH: Notice = {
  kind: 'menu',
  language: 'ko',
  day: '2026-11-22',
  meal: 'lunch',
  place: '가온고등학교',
  dishes: ['현미밥', '미역국'],
  link: null,
};
const TEXT = '11월 22일 일요일 점심\n현미밥\n미역국';

let desk: KakaoDesk;
let id: string;
beforeEach(async () => {
  desk = await createKakaoDesk({ KAKAO_SEND_TO_FRIENDS: 'true' });
  id = personOf(desk);
});

/** Writes deliveries down and lets the next sweeps find them. */
async function deliver(deliveries: readonly NewDelivery[]): Promise<void> {
  const { harness, clock, env } = desk;
  await insertDeliveries(env.DB, deliveries, clock.now()).run();
  clock.advance(2 * MINUTE_MS);
  await harness.cron(clock.now());
  await harness.settle(clock.now() + 2 * HOUR_MS);
}

const toLogin = (dedupeKey: string): NewDelivery => ({
  dedupeKey,
  channel: 'kakaotalk',
  account: id,
  address: id,
  notice: JSON.stringify(LUNCH),
});

async function states(): Promise<unknown[]> {
  const { results } = await desk.env.DB.prepare(
    `SELECT channel, state, note FROM deliveries ORDER BY id`,
  ).all();
  return results;
}

describe('news for somebody who logged in with Kakao', () => {
  test('arrives in their own chat, also after the access token has ended', async () => {
    await walkLogin(desk, id);
    await deliver([toLogin('one')]);
    desk.clock.advance(6 * HOUR_MS);
    await deliver([toLogin('two')]);
    expect(memos(desk, id)).toEqual([TEXT, TEXT]);
  });

  test('goes to the chat they have when the login turns out to be over', async () => {
    const { telegram } = desk.harness.world;
    const chat = telegram.people.find(({ language }) => language === 'ko');
    const chatId = chat?.id ?? 0;
    telegram.reachBy((request) => desk.fetch(request));
    telegram.connect(`${ORIGIN}/webhook/telegram`, sandboxSecrets.TELEGRAM_WEBHOOK_SECRET);
    await telegram.say(chatId, '도움말');
    await desk.harness.settle();
    const person = await desk.env.DB.prepare(`SELECT id FROM people`).first<number>('id');
    const path = (await linkPath(desk.ctx, person ?? 0)) ?? '';
    const { browser } = await walkLogin(desk, id, { path });
    await pressOn(browser, 'tie');
    desk.kakao.revokeTokens(id);
    await deliver([toLogin('one')]);
    await deliver([]);
    const said = telegram.messages(chatId).map(({ text }) => text);
    expect(said).toContainEqual(expect.stringContaining(TEXT));
    expect(said).toContainEqual(expect.stringContaining('카카오 로그인이 끝나서'));
    expect(memos(desk, id)).toEqual([]);
  });
});

describe('one blocked friend among twelve', () => {
  test('is the only one without the menu, and nobody gets it twice', async () => {
    await walkLogin(desk, id, { path: '/login/kakao?friends=1' });
    const news = { key: 'menu:2026-11-22:lunch', notice: JSON.stringify(LUNCH) };
    const { deliveries } = await friendDeliveries(desk.ctx, news);
    desk.kakao.refuseMessages(desk.kakao.friends[6]?.id ?? '', { isListed: false });
    const body = { code: -7, msg: 'maintenance' };
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'status', status: 400, body });
    await deliver(deliveries);
    const heard = desk.kakao.friends.map((friend) => desk.kakao.delivered(friend.id).length);
    expect(heard).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]);
    expect(await states()).toEqual([
      { channel: 'kakaotalk', state: 'sent', note: null },
      { channel: 'kakaotalk', state: 'sent', note: 'kakao: 1 x unreachable -530' },
      { channel: 'kakaotalk', state: 'sent', note: null },
    ]);
  });
});
