import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/lib/time.ts';
import { friendDeliveries } from '../../../src/platforms/kakao/caller.ts';
import { insertDeliveries, type NewDelivery } from '../../../src/store/deliveries.ts';
import { wire } from '../../../src/wire.ts';
import { createKakaoDesk, type KakaoDesk, personOf, tell, walkLogin } from './kakaoDesk.ts';

const NEWS = { key: 'menu:2026-11-22:lunch', notice: '{}' };

let desk: KakaoDesk;
let owner: string;
beforeEach(async () => {
  desk = await createKakaoDesk({ KAKAO_SEND_TO_FRIENDS: 'true' });
  owner = personOf(desk);
  await walkLogin(desk, owner, { path: '/login/kakao?friends=1' });
});

async function groups(): Promise<readonly NewDelivery[]> {
  const { deliveries, failures } = await friendDeliveries(desk.ctx, NEWS);
  expect(failures).toEqual([]);
  return deliveries;
}

const groupOf = async (index: number) => (await groups())[index]?.address ?? '';

/** How many messages each friend got, by the order of their names. */
const heard = () => desk.kakao.friends.map(({ id }) => desk.kakao.delivered(id).length);

describe('the friends of somebody who let the bot write to them', () => {
  test('are all found, page by page, in groups of five', async () => {
    desk.kakao.app.friendsPage.max = 100;
    const found = await groups();
    const sizes = found.map(({ address }) => address.split('/')[1]?.split(',').length);
    expect(sizes).toEqual([5, 5, 2]);
    const uuids = found.flatMap(({ address }) => address.split('/')[1]?.split(',') ?? []);
    expect(new Set(uuids).size).toBe(12);
  });

  test('are each told once', async () => {
    for (const { address, dedupeKey } of await groups()) {
      expect(await tell(desk, address, { id: dedupeKey })).toEqual({
        kind: 'sent',
        externalId: null,
        note: null,
      });
    }
    expect(heard()).toEqual(Array(12).fill(1));
  });

  test('are not served again under the same key, whatever the list says by then', async () => {
    await insertDeliveries(desk.env.DB, await groups(), desk.clock.now()).run();
    expect(await groups()).toEqual([]);
  });

  test('that do not take messages are left out', async () => {
    desk.kakao.refuseMessages(desk.kakao.friends[3]?.id ?? '');
    expect((await groups()).flatMap(({ address }) => address.split(','))).toHaveLength(11);
  });

  test('of a person who did not agree to that are not looked for', async () => {
    const other = personOf(desk, 'en');
    await walkLogin(desk, other);
    expect(new Set((await groups()).map(({ account }) => account))).toEqual(new Set([owner]));
  });

  test('are left alone when the owner does not want it', async () => {
    desk.harness.redeploy({ KAKAO_SEND_TO_FRIENDS: 'false' });
    const ctx = wire(desk.harness.env, desk.harness.runtime);
    expect(await friendDeliveries(ctx, NEWS)).toEqual({ deliveries: [], failures: [] });
  });

  test('cannot be listed after the consent was withdrawn; the login itself goes on', async () => {
    desk.kakao.withdrawScope(owner, 'friends');
    expect(await friendDeliveries(desk.ctx, NEWS)).toEqual({
      deliveries: [],
      failures: ['friends: consent'],
    });
    expect((await tell(desk, owner)).kind).toBe('sent');
  });
});

describe('one blocked friend among twelve', () => {
  test('is the only one who hears nothing, and is named in the note', async () => {
    const found = await groups();
    desk.kakao.refuseMessages(desk.kakao.friends[6]?.id ?? '', { isListed: false });
    const outcomes: unknown[] = [];
    for (const { address, dedupeKey } of found) {
      outcomes.push(await tell(desk, address, { id: dedupeKey }));
    }
    expect(outcomes).toEqual([
      { kind: 'sent', externalId: null, note: null },
      { kind: 'sent', externalId: null, note: 'kakao: 1 x unreachable -530' },
      { kind: 'sent', externalId: null, note: null },
    ]);
    expect(heard()).toEqual([1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]);
  });

  test('counts towards nobody’s limit, and is not asked about again', async () => {
    const [first] = await groups();
    desk.kakao.refuseMessages(desk.kakao.friends[0]?.id ?? '', { isListed: false });
    const address = first?.address ?? '';
    await tell(desk, address);
    const limits = await desk.env.DB.prepare(
      `SELECT (SELECT count(*) FROM kakao_sends WHERE at > ?1) AS sender,
         (SELECT sum(used) FROM budgets WHERE kind = 'message') AS app`,
    )
      .bind(desk.clock.now() - DAY_MS)
      .first();
    expect(limits).toEqual({ sender: 4, app: 4 });
    expect(await tell(desk, address)).toMatchObject({ note: 'told before' });
  });

  test('does not make the others hear it again when the delivery comes again', async () => {
    const [first] = await groups();
    desk.kakao.refuseMessages(desk.kakao.friends[0]?.id ?? '', { isListed: false });
    const address = first?.address ?? '';
    await tell(desk, address);
    expect(await tell(desk, address)).toEqual({
      kind: 'sent',
      externalId: null,
      note: 'told before',
    });
    expect(heard().slice(0, 5)).toEqual([0, 1, 1, 1, 1]);
  });
});

describe('a group of friends of whom one is over a limit', () => {
  test('comes again the next day, for this friend only', async () => {
    const [first] = await groups();
    const address = first?.address ?? '';
    const alone = `${owner}/${address.split('/')[1]?.split(',')[2] ?? ''}`;
    for (let count = 0; count < 20; count++) {
      expect((await tell(desk, alone, { id: `earlier-${count}` })).kind).toBe('sent');
    }
    expect(await tell(desk, alone, { id: 'one-too-many' })).toMatchObject({ kind: 'wait' });
    expect(await tell(desk, address)).toMatchObject({ kind: 'wait', note: 'kakao: daily limit' });
    expect(heard().slice(0, 5)).toEqual([1, 1, 20, 1, 1]);
    desk.clock.advance(DAY_MS);
    expect((await tell(desk, address)).kind).toBe('sent');
    expect(heard().slice(0, 5)).toEqual([1, 1, 21, 1, 1]);
  });
});

describe('a group whose answer is lost', () => {
  test('is never told twice', async () => {
    const [first] = await groups();
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'lost-answer' });
    const address = first?.address ?? '';
    expect(await tell(desk, address)).toMatchObject({ kind: 'refused', note: 'kakao: 5 x retry' });
    await tell(desk, address);
    expect(heard().slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
  });

  test('that Kakao surely did not take is tried again, as a whole', async () => {
    const [first] = await groups();
    const body = { code: -9798, msg: 'maintenance' };
    desk.faults.add({ host: 'kapi.kakao.com', kind: 'status', status: 503, body });
    const address = first?.address ?? '';
    expect(await tell(desk, address)).toMatchObject({ kind: 'retry', uncertain: false });
    expect((await tell(desk, address)).kind).toBe('sent');
    expect(heard().slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('a consent that is missing (-402)', () => {
  test('to write to friends is final: the login goes on without it', async () => {
    const address = await groupOf(0);
    desk.kakao.withdrawScope(owner, 'friends');
    expect(await tell(desk, address)).toEqual({ kind: 'refused', note: 'kakao: 5 x consent -402' });
    expect((await tell(desk, owner)).kind).toBe('sent');
  });

  test('to any message waits for the sender to log in again', async () => {
    const address = await groupOf(0);
    desk.kakao.withdrawScope(owner, 'talk_message');
    expect(await tell(desk, address)).toMatchObject({ kind: 'wait', scope: 'account' });
  });

  test.each([-402, -101, -401])('of one friend (%d) keeps nobody waiting', async (code) => {
    const [first] = await groups();
    const address = first?.address ?? '';
    const uuids = (address.split('/')[1] ?? '').split(',').map(decodeURIComponent);
    desk.faults.add({
      host: 'kapi.kakao.com',
      kind: 'status',
      status: 200,
      body: {
        successful_receiver_uuids: uuids.slice(1),
        failure_info: [{ code, msg: 'no', receiver_uuids: uuids.slice(0, 1) }],
      },
    });
    const outcome = await tell(desk, address);
    expect(outcome).toMatchObject({ kind: 'sent', note: expect.stringContaining(`1 x`) });
  });
});

describe('daily limits', () => {
  test('quota reached: the sender never goes over 100 in any 24 hours', async () => {
    const [first, second] = [await groupOf(0), await groupOf(1)];
    for (let count = 0; count < 10; count++) {
      await tell(desk, first, { id: `first-${count}` });
      await tell(desk, second, { id: `second-${count}` });
      desk.clock.advance(HOUR_MS / 2);
    }
    expect(await tell(desk, first, { id: 'over' })).toMatchObject({ kind: 'wait' });
    expect(await tell(desk, owner)).toMatchObject({ kind: 'wait' });
    desk.clock.advance(19 * HOUR_MS);
    expect((await tell(desk, owner)).kind).toBe('sent');
    expect(desk.kakao.refusals).toEqual([]);
  });

  test.each([
    ['sender', 'senderPerDay'],
    ['receiver', 'receiverPerDay'],
    ['pair', 'pairPerDay'],
  ] as const)(
    'that Kakao sees otherwise make the message wait for tomorrow (%s)',
    async (_who, limit) => {
      desk.kakao.app.quota[limit] = 0;
      const outcome = await tell(desk, await groupOf(0));
      expect(outcome).toMatchObject({ kind: 'wait', afterMs: 12 * HOUR_MS + HOUR_MS / 12 });
      expect(heard()).toEqual(Array(12).fill(0));
    },
  );

  test('of the app are tried again soon: Kakao does not tell that of a day from that of a second', async () => {
    desk.kakao.app.quota.appPerDay = 0;
    const outcome = await tell(desk, await groupOf(0));
    expect(outcome).toMatchObject({ kind: 'retry', afterMs: 2000, uncertain: false });
    expect(heard()).toEqual(Array(12).fill(0));
  });
});
