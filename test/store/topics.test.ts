import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { meetPerson } from '../../src/store/people.ts';
import {
  isTopicOn,
  newsChannelOf,
  quietHoursOf,
  setQuietHours,
  setTopic,
  tellTopic,
} from '../../src/store/topics.ts';
import { emptyStorage } from '../emptyStorage.ts';

const NOW = Date.UTC(2026, 10, 22, 3);
const { DB } = env;

beforeEach(async () => {
  await emptyStorage();
});

async function meet(channel: string, address: string, language: 'ko' | 'en' = 'ko') {
  // Only on X does the bot have several accounts.
  const account = channel === 'twitter' ? 'bot' : '';
  const person = await meetPerson(DB, { channel, address, account, language }, NOW);
  await setTopic(DB, 'menu', person.id, true, NOW).run();
  return person.id;
}

async function logInWithKakao(person: number, id: string): Promise<void> {
  await DB.batch([
    DB.prepare(
      `INSERT INTO kakao_logins (id, scopes, connected_at, state, state_since)
       VALUES (?1, '', ?2, 'connected', ?2) ON CONFLICT DO NOTHING`,
    ).bind(id, NOW),
    DB.prepare(`UPDATE people SET kakao_id = ?2 WHERE id = ?1`).bind(person, id),
  ]);
}

const news = {
  topic: 'menu',
  key: 'menu:2026-11-23:lunch',
  channels: ['twitter', 'telegram', 'kakaotalk'],
  notices: { ko: '"점심"', en: '"lunch"' },
  kinds: { soup: { ko: '"국"', en: '"soup"' } },
  run: 'menu@1',
  expiresAt: NOW + 1,
} as const;

async function told(over: Partial<Parameters<typeof tellTopic>[1]> = {}) {
  await tellTopic(DB, { ...news, ...over }, NOW).run();
  const { results } = await DB.prepare(
    `SELECT channel, account, address, notice FROM deliveries ORDER BY id`,
  ).all();
  return results;
}

describe('a topic', () => {
  test('is off until the person switches it on, and off again after that', async () => {
    const { id } = await meetPerson(DB, { channel: 'twitter', address: '7', language: 'ko' }, NOW);
    expect(await isTopicOn(DB, 'menu', id)).toBe(false);
    await setTopic(DB, 'menu', id, true, NOW).run();
    expect(await isTopicOn(DB, 'menu', id)).toBe(true);
    await setTopic(DB, 'menu', id, false, NOW + 1).run();
    expect(await isTopicOn(DB, 'menu', id)).toBe(false);
    expect(await told()).toEqual([]);
  });

  test('switched to what it is already writes nothing', async () => {
    const id = await meet('twitter', '7');
    const { meta } = await setTopic(DB, 'menu', id, true, NOW + 1).run();
    expect(meta.changes).toBe(0);
  });

  test('is forgotten with the person', async () => {
    const id = await meet('twitter', '7');
    await DB.prepare(`DELETE FROM people WHERE id = ?1`).bind(id).run();
    expect(await DB.prepare(`SELECT count(*) AS count FROM topics`).first('count')).toBe(0);
  });
});

describe('what is told', () => {
  test('reaches everybody on their channel and in their language', async () => {
    await meet('twitter', '7');
    await meet('telegram', '-100', 'en');
    expect(await told()).toEqual([
      { channel: 'twitter', account: 'bot', address: '7', notice: '"점심"' },
      { channel: 'telegram', account: '', address: '-100', notice: '"lunch"' },
    ]);
  });

  test('is told once, however often it is told', async () => {
    await meet('twitter', '7');
    await told();
    expect(await told({ run: 'menu@2' })).toHaveLength(1);
    expect(await told({ key: 'menu:2026-11-23:dinner' })).toHaveLength(2);
  });

  test('goes to KakaoTalk while the person’s Kakao login works, once for two chats of theirs', async () => {
    const one = await meet('twitter', '7');
    const other = await meet('telegram', '8');
    await logInWithKakao(one, '4001');
    await logInWithKakao(other, '4001');
    expect(await newsChannelOf(DB, one)).toBe('kakaotalk');
    expect(await told()).toEqual([
      { channel: 'kakaotalk', account: '4001', address: '4001', notice: '"점심"' },
    ]);
    await DB.prepare(`UPDATE kakao_logins SET state = 'log-in-again'`).run();
    expect(await newsChannelOf(DB, one)).toBe('twitter');
  });

  test('never goes to a channel that is not configured, nor to who blocked the bot', async () => {
    await meet('kakao', 'someone');
    await meet('webhook', 'https://hooks.example/');
    const blocked = await meet('twitter', '7');
    await DB.prepare(`UPDATE people SET blocked_at = 1 WHERE id = ?1`).bind(blocked).run();
    expect(await newsChannelOf(DB, blocked)).toBeNull();
    expect(await told()).toEqual([]);
  });
});

describe('a kind of it', () => {
  test('is told to those who want that kind alone, and another to nobody', async () => {
    const soup = await meet('twitter', '7');
    await setTopic(DB, 'menu', soup, true, NOW, 'soup').run();
    const rice = await meet('twitter', '8');
    await setTopic(DB, 'menu', rice, true, NOW, 'rice').run();
    await meet('twitter', '9', 'en');
    expect(await told()).toMatchObject([
      { address: '7', notice: '"국"' },
      { address: '9', notice: '"lunch"' },
    ]);
  });
});

/** 12:00 in Seoul. */
async function dueAfter(from: number, to: number, canWait = true) {
  const person = await meet('twitter', '7');
  await setQuietHours(DB, person, { from, to }).run();
  const { results } = await tellTopic(
    DB,
    { ...news, ...(canWait && { timeZone: 'Asia/Seoul' }) },
    NOW,
  ).all<{
    id: number | null;
  }>();
  const dueAt = await DB.prepare(`SELECT due_at FROM deliveries`).first<number>('due_at');
  return { isNow: results[0]?.id !== null, minutes: ((dueAt ?? 0) - NOW) / 60_000 };
}

describe('quiet hours', () => {
  test('keep news until they are over', async () => {
    expect(await dueAfter(10, 14)).toEqual({ isNow: false, minutes: 120 });
  });

  test('may go over midnight', async () => {
    expect(await dueAfter(22, 13)).toEqual({ isNow: false, minutes: 60 });
    expect(await quietHoursOf(DB, 1)).toEqual({ from: 22, to: 13 });
  });

  test('of another time keep nothing, nor those of the last hour', async () => {
    expect(await dueAfter(22, 8)).toEqual({ isNow: true, minutes: 0 });
  });

  test('end at their hour', async () => {
    expect(await dueAfter(8, 12)).toEqual({ isNow: true, minutes: 0 });
  });

  test('keep nothing that cannot wait', async () => {
    expect(await dueAfter(10, 14, false)).toEqual({ isNow: true, minutes: 0 });
  });
});
