import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  chooseEventTypes,
  connectAccount,
  markLogInAgain,
  readAccount,
  readAccounts,
} from '../../src/store/accounts.ts';
import { acceptEvents, countEvents, recentEvents } from '../../src/store/inbox.ts';
import { markNewsSeen, readOwnerNews, tellOwner } from '../../src/store/incidents.ts';
import { emptyStorage } from '../emptyStorage.ts';

const NOW = Date.UTC(2026, 10, 22, 3);
const { DB } = env;

beforeEach(async () => {
  await emptyStorage();
});

const account = { platform: 'twitter', id: '1', username: 'one', kind: 'oauth1' } as const;

describe('an account', () => {
  test('that logs in again keeps what the owner chose for it', async () => {
    await connectAccount(DB, account, NOW);
    const choice = { eventTypes: ['like.create'], usesAaa: true };
    await chooseEventTypes(DB, account, choice);
    await connectAccount(DB, { ...account, username: 'renamed', kind: 'oauth2' }, NOW + 1);
    expect(await readAccount(DB, 'twitter', '1')).toMatchObject({
      ...choice,
      username: 'renamed',
      kind: 'oauth2',
      connectedAt: NOW + 1,
      stateSince: NOW,
    });
  });

  test('is marked once, until it logs in again', async () => {
    await connectAccount(DB, account, NOW);
    expect(await markLogInAgain(DB, account, 'refused', NOW + 1)).toBe(true);
    expect(await markLogInAgain(DB, account, 'expired', NOW + 2)).toBe(false);
    expect(await readAccounts(DB, 'twitter')).toMatchObject([
      { state: 'log-in-again', reason: 'refused', stateSince: NOW + 1 },
    ]);
    await connectAccount(DB, account, NOW + 3);
    expect(await readAccounts(DB, 'twitter')).toMatchObject([
      { state: 'connected', reason: null, stateSince: NOW + 3 },
    ]);
  });
});

describe('news for the owner', () => {
  test('is told once under its key, and seen once', async () => {
    const news = { key: 'a', kind: 'b', detail: { username: 'one' } };
    expect(await tellOwner(DB, news, NOW)).toBe(true);
    expect(await tellOwner(DB, news, NOW + 1)).toBe(false);
    const [told] = await readOwnerNews(DB, { limit: 10, unseen: true });
    expect(told).toMatchObject({ kind: 'b', detail: { username: 'one' }, at: NOW });
    await markNewsSeen(DB, told?.id ?? 0, NOW + 2);
    expect(await readOwnerNews(DB, { limit: 10, unseen: true })).toEqual([]);
    expect(await readOwnerNews(DB, { limit: 10 })).toMatchObject([{ seenAt: NOW + 2 }]);
  });
});

const event = (key: string, type: string, content: string | null = null) => ({
  key,
  channel: 'twitter',
  type,
  account: '1',
  content,
});

describe('the event log', () => {
  test('tells the newest first, with type, account, time and state, and no text', async () => {
    await acceptEvents(DB, [event('a', 'follow.follow')], NOW);
    await acceptEvents(DB, [event('b', 'dm.received', '{"text":"secret"}')], NOW + 1);
    expect(await recentEvents(DB, 'twitter')).toEqual([
      { type: 'dm.received', account: '1', receivedAt: NOW + 1, state: 'waiting' },
      { type: 'follow.follow', account: '1', receivedAt: NOW, state: 'done' },
    ]);
    expect(await recentEvents(DB, 'kakao')).toEqual([]);
  });

  test('counts by type since an instant', async () => {
    await acceptEvents(DB, [event('a', 'like.create')], NOW - 1);
    await acceptEvents(DB, [event('b', 'like.create'), event('c', 'chat.received')], NOW);
    await acceptEvents(DB, [event('d', 'chat.received')], NOW + 1);
    expect(await countEvents(DB, 'twitter', NOW)).toEqual([
      { type: 'chat.received', count: 2 },
      { type: 'like.create', count: 1 },
    ]);
  });
});
