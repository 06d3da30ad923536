import { beforeEach, describe, expect, test } from 'vitest';
import {
  chooseEvents,
  ensureSubscriptions,
  subscriptions,
} from '../../../src/platforms/x/subscriptions.ts';
import { ensureWebhook } from '../../../src/platforms/x/webhook.ts';
import { answers, type Harness, reader } from '../../worker/harness.ts';
import { contextOf, converse, createConnected, createFresh, logIn } from './steps.ts';

let harness: Harness;
let botId: string;
beforeEach(async () => {
  harness = await createFresh();
  botId = harness.world.x.bot.id;
  await logIn(harness, botId);
  await ensureWebhook(contextOf(harness));
});

const ensure = () => ensureSubscriptions(contextOf(harness), botId);
const types = () => harness.world.x.subscriptions().map(({ eventType }) => eventType);

describe('subscriptions', () => {
  test.each(['spec', 'flat', 'array', '204'] as const)(
    'are made whatever shape X answers in (%s)',
    async (shape) => {
      harness.world.x.app.subscriptionAnswer = shape;
      expect(await ensure()).toMatchObject({ ok: true, value: { created: 2, failed: [] } });
      expect(await ensure()).toMatchObject({ ok: true, value: { created: 0, existing: 2 } });
    },
  );

  test.each([400, 409] as const)('that X has already (%d) count as made', async (status) => {
    await ensure();
    harness.world.x.app.duplicateStatus = status;
    harness.world.faults.add({
      kind: 'status',
      method: 'GET',
      path: /^\/2\/activity\/subscriptions/,
      status: 200,
      body: { meta: { result_count: 0 } },
    });
    expect(await ensure()).toMatchObject({ ok: true, value: { existing: 2, failed: [] } });
  });

  test('are those the owner chose, and no others', async () => {
    const ctx = contextOf(harness);
    const some = ['follow.follow', 'like.create', 'no.such'];
    await chooseEvents(ctx, botId, { types: some, usesAaa: false });
    expect(types()).toEqual(['dm.received', 'chat.received', 'follow.follow', 'like.create']);
    await chooseEvents(ctx, botId, { types: ['like.create'], usesAaa: false });
    expect(types()).toEqual(['dm.received', 'chat.received', 'like.create']);
    expect(await subscriptions(ctx)).toMatchObject({
      ok: true,
      value: [{ account: botId }, {}, {}],
    });
  });

  test('that X refuses are told one by one, and stop no other', async () => {
    harness.world.x.app.subscriptionLimit = 1;
    expect(await ensure()).toMatchObject({
      ok: true,
      value: { created: 1, failed: [{ type: 'chat.received', reason: 'limit' }] },
    });
  });

  test('need credits', async () => {
    harness.world.x.app.credits = 0;
    expect(await ensure()).toMatchObject({ ok: false, reason: 'credits' });
  });

  test('by the older API as well bring no message twice', async () => {
    await chooseEvents(contextOf(harness), botId, { types: [], usesAaa: true });
    expect(harness.world.x.accountSubscriptions()).toHaveLength(1);
    const person = reader(harness, 'ko');
    expect(await converse(harness, person.id, '고양이')).toHaveLength(1);
    await chooseEvents(contextOf(harness), botId, { types: [], usesAaa: false });
    expect(harness.world.x.accountSubscriptions()).toEqual([]);
  });
});

describe('an app whose subscriptions take OAuth 1.0a only', () => {
  test('tells an account that logged in by OAuth 2.0 what is refused', async () => {
    const other = await createConnected();
    other.world.x.app.subscribeWith = 'oauth1';
    const [, second] = other.world.x.accounts;
    await logIn(other, second?.id ?? '', 2);
    expect(await ensureSubscriptions(contextOf(other), second?.id ?? '')).toMatchObject({
      ok: true,
      value: { created: 0, failed: [{ reason: 'forbidden' }, { reason: 'forbidden' }] },
    });
    const person = reader(other, 'ko');
    await converse(other, person.id, '고양이');
    expect(answers(other, person.id)).toHaveLength(1);
  });
});
