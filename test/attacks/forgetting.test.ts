import { beforeEach, describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/time.ts';
import { linkPath } from '../../src/platforms/kakao/link.ts';
import { findPerson } from '../../src/store/people.ts';
import {
  createKakaoDesk,
  type KakaoDesk,
  loginState,
  meetChat,
  personOf,
  pressOn,
  walkLogin,
} from '../platforms/kakao/kakaoDesk.ts';
import { hand } from '../worker/outboxSteps.ts';
import { connectTelegram, privateChat, write } from '../worker/telegramSteps.ts';

let desk: KakaoDesk;
let kakaoId: string;
beforeEach(async () => {
  desk = await createKakaoDesk();
  kakaoId = personOf(desk);
});

/** Everything in D1, KV and the keepers, as `place: text`. */
async function dump(): Promise<string[]> {
  const { DB, TOKENS, MEDIA } = desk.env;
  const { results: tables } = await DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'
       AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'd1_%'`,
  ).all<{ name: string }>();
  const found: string[] = [];
  for (const { name } of tables) {
    const { results } = await DB.prepare(`SELECT * FROM ${name}`).all();
    found.push(...results.map((row) => `${name}: ${JSON.stringify(row)}`));
  }
  for (const kv of [TOKENS, MEDIA]) {
    const { keys } = await kv.list();
    for (const { name, metadata } of keys) {
      found.push(`kv: ${name} ${JSON.stringify(metadata)} ${await kv.get(name)}`);
    }
  }
  const known = await desk.ctx.keeperOf(`kakao:${kakaoId}`).usable();
  if (known.kind !== 'unknown') found.push(`keeper: ${kakaoId}`);
  return found;
}

/** The places in which any of some marks is found. */
async function placesOf(marks: readonly string[]): Promise<string[]> {
  const lines = (await dump()).filter((line) => marks.some((mark) => line.includes(mark)));
  return [...new Set(lines.map((line) => line.slice(0, line.indexOf(':'))))].toSorted();
}

async function tie(chat: string): Promise<void> {
  const person = await findPerson(desk.env.DB, 'telegram', chat);
  const path = (await linkPath(desk.ctx, person?.id ?? 0)) ?? '';
  const { browser } = await walkLogin(desk, kakaoId, { path });
  await pressOn(browser, 'tie');
}

/** A person in every place in which one can be. */
async function fillAll(chat: string): Promise<void> {
  const { harness, env, clock } = desk;
  await write(harness, Number(chat), '구독 hana/garden main as 비밀정원');
  await write(harness, Number(chat), '메뉴 알림 켜기');
  await tie(chat);
  await hand(harness, [
    { channel: 'telegram', address: chat },
    { channel: 'kakaotalk', address: kakaoId, account: kakaoId, topic: 'news' },
  ]);
  await harness.settle(clock.now() + MINUTE_MS);
  const now = clock.now();
  const { DB } = env;
  await DB.batch([
    DB.prepare(`UPDATE people SET second_address = 'second-${chat}' WHERE address = ?1`).bind(chat),
    DB.prepare(
      `INSERT INTO deliveries (dedupe_key, channel, account, address, state, due_at, created_at)
       VALUES ('menu:telegram:second-${chat}', 'telegram', '', 'second-${chat}', 'sent', 1, 1),
         ('menu:kakaotalk:${kakaoId}/0', 'kakaotalk', '${kakaoId}', '${kakaoId}/friend', 'sent', 1, 1)`,
    ),
    DB.prepare(
      `INSERT INTO inbox (key, channel, type, state, content, received_at)
       VALUES ('telegram:1', 'telegram', 'message', 'failed', ?1, ?2)`,
    ).bind(
      JSON.stringify({ channel: 'telegram', account: '', address: chat, text: '비밀 말' }),
      now,
    ),
    DB.prepare(
      `INSERT INTO waits (lane, account, address, until, reason, cause, failures, since)
       VALUES ('telegram', '', ?1, ?2, 'wait', 'limit', 1, ?2), ('kakaotalk', '', ?3, ?2, 'wait', 'limit', 1, ?2)`,
    ).bind(chat, now, kakaoId),
    DB.prepare(`INSERT INTO served (lane, address, at) VALUES ('telegram', ?1, ?2)`).bind(
      chat,
      now,
    ),
    DB.prepare(
      `INSERT INTO kakao_sends (sender, receiver, message, at) VALUES (?1, ?1, NULL, ?2), (?1, 'friend-1', 'm', ?2)`,
    ).bind(kakaoId, now),
  ]);
}

describe('S-5: 탈퇴', () => {
  test('leaves nothing of a person in any place but hashes', async () => {
    await connectTelegram(desk.harness);
    const chat = String(privateChat(desk.harness));
    await fillAll(chat);
    const marks = [chat, kakaoId, '비밀'];
    // What cannot hold a person is not in this list; what can, docs/storage.md names.
    expect(await placesOf(marks)).toEqual([
      'deliveries',
      'inbox',
      'kakao_logins',
      'kakao_sends',
      'keeper',
      'kv',
      'people',
      'served',
      'waits',
      'watches',
    ]);
    await write(desk.harness, Number(chat), '탈퇴');
    await write(desk.harness, Number(chat), '네');
    await desk.harness.settle(desk.clock.now() + MINUTE_MS);
    expect(await placesOf(marks)).toEqual([]);
  }, 30_000);

  test('at Kakao leaves nothing of the login within an hour', async () => {
    await walkLogin(desk, kakaoId);
    await hand(desk.harness, [{ channel: 'kakaotalk', address: kakaoId, account: kakaoId }]);
    await desk.kakao.unlink(kakaoId, { method: 'POST' });
    await desk.harness.settle(desk.clock.now() + MINUTE_MS);
    const next = Math.ceil((desk.clock.now() + HOUR_MS / 2) / (HOUR_MS / 2)) * (HOUR_MS / 2);
    await desk.harness.cron(next);
    await desk.harness.settle(next + MINUTE_MS);
    expect(await placesOf([kakaoId])).toEqual([]);
  });
});

describe('S-12: a chat that is tied to somebody’s Kakao login', () => {
  test('is named on the page that asks for the consent', async () => {
    await connectTelegram(desk.harness);
    const chat = String(privateChat(desk.harness));
    await write(desk.harness, Number(chat), '도움말');
    const person = await findPerson(desk.env.DB, 'telegram', chat);
    const path = (await linkPath(desk.ctx, person?.id ?? 0)) ?? '';
    const { browser } = await walkLogin(desk, kakaoId, { path });
    const shown = chat.length <= 8 ? chat : `${chat.slice(0, 4)}…${chat.slice(-4)}`;
    expect(await browser.page('/login/kakao/news')).toContain(shown);
  });

  test('cannot end a login that began elsewhere', async () => {
    await connectTelegram(desk.harness);
    const chat = String(privateChat(desk.harness));
    await walkLogin(desk, kakaoId);
    await write(desk.harness, Number(chat), '도움말');
    await tie(chat);
    await write(desk.harness, Number(chat), '탈퇴');
    await write(desk.harness, Number(chat), '네');
    expect(await loginState(desk, kakaoId)).toBe('connected');
    expect(await findPerson(desk.env.DB, 'kakaotalk', kakaoId)).toMatchObject({ kakaoId });
    expect(await placesOf([chat])).toEqual([]);
  });

  test('cannot end one that another chat is tied to', async () => {
    await connectTelegram(desk.harness);
    const chat = String(privateChat(desk.harness));
    await meetChat(desk, 'telegram', '501');
    await tie('501');
    await write(desk.harness, Number(chat), '도움말');
    await tie(chat);
    await write(desk.harness, Number(chat), '탈퇴');
    await write(desk.harness, Number(chat), '네');
    expect(await loginState(desk, kakaoId)).toBe('connected');
    expect(await findPerson(desk.env.DB, 'telegram', '501')).toMatchObject({ kakaoId });
  });
});

test('S-11: the cookie of a login that was ended stays dead when its person logs in anew', async () => {
  const { browser } = await walkLogin(desk, kakaoId);
  const stolen = new Map(browser.cookies);
  await pressOn(browser, 'logout');
  desk.clock.advance(MINUTE_MS);
  await walkLogin(desk, kakaoId);
  browser.cookies.clear();
  for (const [name, value] of stolen) browser.cookies.set(name, value);
  expect(await browser.page('/login/kakao/news')).toContain('로그인이 필요해요');
});
