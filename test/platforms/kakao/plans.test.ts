import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import {
  kakaoFriendSenders,
  markKakaoGone,
  markKakaoLogInAgain,
  noteKakaoKept,
  noteKakaoWarned,
  readKakaoLogin,
  saveKakaoLogin,
  takeKakaoLoginsToKeep,
  tellKakaoPeople,
} from '../../../src/platforms/kakao/store/kakaoLogins.ts';
import {
  forgetKakaoSends,
  isDeliveryWritten,
  releaseKakaoSends,
  reserveKakaoSends,
  uncountKakaoMemo,
  uncountKakaoSends,
} from '../../../src/platforms/kakao/store/kakaoSends.ts';
import {
  channelOfPerson,
  claimKakaoLink,
  forgetKakaoLinks,
  isKakaoLinkUsed,
  isKakaoTopicOn,
  sendToChatInstead,
  setKakaoTopic,
  tieChat,
  tieDirectly,
  tiedChannels,
  untie,
} from '../../../src/platforms/kakao/store/kakaoTies.ts';

const NOW = Date.UTC(2026, 10, 22);
const LOGIN = { id: '41', scopes: ['talk_message'], refreshExpiresAt: NOW };
const NEWS = {
  key: 'k',
  notices: { ko: '{}', en: '{}' },
  byKakaoTalk: false,
  channels: ['telegram'],
} as const;
const SENDS = { sender: '41', receivers: ['u1', 'u2'], message: 'm' };

/** Statements as they are prepared, with what is bound to them. */
function recording(db: D1Database) {
  const statements: { sql: string; values: readonly unknown[] }[] = [];
  const prepare = (sql: string): D1PreparedStatement => {
    const entry: { sql: string; values: readonly unknown[] } = { sql, values: [] };
    statements.push(entry);
    const statement = db.prepare(sql);
    const bind = statement.bind.bind(statement);
    statement.bind = (...values) => {
      entry.values = values;
      return bind(...values);
    };
    return statement;
  };
  const proxy = new Proxy(db, {
    get: (target, key): unknown => (key === 'prepare' ? prepare : Reflect.get(target, key, target)),
  });
  return { db: proxy, statements };
}

test.each<[string, (db: D1Database) => unknown]>([
  ['reading a login', (db) => readKakaoLogin(db, '41')],
  ['saving a login', (db) => saveKakaoLogin(db, LOGIN, NOW, NOW)],
  ['marking a login', (db) => markKakaoLogInAgain(db, '41', 'expired', NOW)],
  ['ending a login', (db) => markKakaoGone(db, '41', 'logout', NOW)],
  ['telling the people of a login', (db) => tellKakaoPeople(db, '41', NEWS, NOW)],
  ['finding logins to keep', (db) => takeKakaoLoginsToKeep(db, 8, NOW, NOW)],
  ['noting a login kept', (db) => noteKakaoKept(db, '41', NOW, NOW)],
  ['noting a warning', (db) => noteKakaoWarned(db, '41', NOW)],
  ['finding who writes to friends', (db) => kakaoFriendSenders(db)],
  ['using a link', (db) => claimKakaoLink(db, 'n', NOW)],
  ['looking at a link', (db) => isKakaoLinkUsed(db, 'n')],
  ['forgetting links', (db) => forgetKakaoLinks(db, NOW)],
  ['counting messages', (db) => reserveKakaoSends(db, SENDS, NOW)],
  ['taking messages back', (db) => releaseKakaoSends(db, 'm', ['u1'], NOW)],
  ['not counting a message to oneself', (db) => uncountKakaoMemo(db, '41', NOW)],
  ['not counting friends', (db) => uncountKakaoSends(db, 'm', ['u1'], NOW)],
  ['forgetting messages', (db) => forgetKakaoSends(db, NOW)],
  ['looking for a delivery', (db) => isDeliveryWritten(db, 'k')],
  ['tying a chat', (db) => tieChat(db, 1, '41', NOW)],
  ['tying directly', (db) => tieDirectly(db, '41', 'ko', NOW)],
  ['untying', (db) => untie(db, '41')],
  ['sending to the chat instead', (db) => sendToChatInstead(db, '41', ['telegram'])],
  ['naming the ties', (db) => tiedChannels(db, '41')],
  ['naming a channel', (db) => channelOfPerson(db, 1)],
  ['reading a topic', (db) => isKakaoTopicOn(db, '41', 'menu')],
  ['switching a topic', (db) => setKakaoTopic(db, '41', 'menu', true, NOW)],
])('%s reads no table from end to end', async (_work, work) => {
  const { db, statements } = recording(env.DB);
  await work(db);
  expect(statements.length).toBeGreaterThan(0);
  for (const { sql, values } of statements) {
    const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .bind(...values)
      .all<{ detail: string }>();
    const scans = results.map(({ detail }) => detail).filter((step) => step.startsWith('SCAN '));
    // What a statement was given or has put together, and the rows of a partial index.
    const own = /^SCAN (?:asked|json_each|chat|CONSTANT|\(subquery)|_(?:friends|due)$/;
    expect({ sql, scans: scans.filter((step) => !own.test(step)) }).toEqual({ sql, scans: [] });
  }
});
