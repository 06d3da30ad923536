import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/time.ts';
import { answers, connectWebhook, createHarness, type Harness, reader } from './harness.ts';
import { hand, pass, readersOnX, states, telegramChats } from './outboxSteps.ts';
import { createChat, say } from './skillSteps.ts';
import { botMessages, connectTelegram, privateChat, write } from './telegramSteps.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectWebhook(harness);
});

/** Ids of the rows that wait for an address. */
async function waitingFor(address: string): Promise<number> {
  const count = await harness.env.DB.prepare(
    `SELECT count(*) AS count FROM deliveries WHERE address = ?1 AND state = 'waiting'`,
  )
    .bind(address)
    .first<number>('count');
  return count ?? 0;
}

describe('S-2: one stranger who writes three hundred times', () => {
  test('is told once to slow down, and another person is answered at once', async () => {
    const stranger = reader(harness, 'en').id;
    const other = reader(harness, 'ko').id;
    for (let turn = 0; turn < 300; turn++) {
      await harness.world.x.say(stranger, `cat ${turn % 5}`);
    }
    await harness.world.x.say(other, '도움말');
    const startedAt = harness.world.clock.now();
    await harness.settle(startedAt + MINUTE_MS);
    expect(answers(harness, other)).toHaveLength(1);
    const told = answers(harness, stranger);
    expect(told.length).toBeLessThanOrEqual(7);
    expect(told.at(-1)).toContain('I will go on answering at 12:15');
    expect(await waitingFor(stranger)).toBe(0);
    await harness.settle();
    expect(answers(harness, stranger)).toHaveLength(told.length);
  }, 60_000);

  test('costs the queue no more than what is answered', async () => {
    const stranger = reader(harness, 'en').id;
    for (let turn = 0; turn < 100; turn++) await harness.world.x.say(stranger, 'help');
    expect(harness.queues.waiting).toHaveLength(7);
  });

  test('is answered again when the quarter of an hour is over', async () => {
    const stranger = reader(harness, 'en').id;
    for (let turn = 0; turn < 20; turn++) await harness.world.x.say(stranger, `cat ${turn}`);
    await harness.settle();
    const before = answers(harness, stranger).length;
    harness.world.clock.advance(16 * MINUTE_MS);
    await harness.world.x.say(stranger, 'netflix');
    await harness.settle();
    expect(answers(harness, stranger)).toHaveLength(before + 1);
  });

  test('on Telegram is stopped in the same way', async () => {
    await connectTelegram(harness);
    const chat = privateChat(harness);
    for (let turn = 0; turn < 60; turn++) await harness.world.telegram.say(chat, `고양이 ${turn}`);
    await harness.settle();
    const told = harness.world.telegram.messages(chat).filter(({ from }) => from === 'bot');
    expect(told.length).toBeLessThanOrEqual(13);
    expect(told.map(({ text }) => text).join('\n')).toContain('에 이어서 답할게요');
  });
});

describe('S-2: when the window of X is used up', () => {
  test('its last message tells once when the answers go on', async () => {
    const people = readersOnX(harness, 20);
    for (const id of people) await harness.world.x.say(id, '도움말');
    await harness.settle(harness.world.clock.now() + MINUTE_MS);
    const told = people.flatMap((id) => answers(harness, id));
    expect(told).toHaveLength(15);
    expect(told.filter((text) => text.includes('12:16에 이어서 답할게요'))).toHaveLength(1);
  });

  test('what waits for one person is said in one message, an overtaken question is not', async () => {
    const people = readersOnX(harness, 15);
    for (const id of people) await harness.world.x.say(id, '고양이');
    await harness.settle(harness.world.clock.now() + MINUTE_MS);
    const late = reader(harness, 'ko').id;
    for (const text of ['도움말', '탈퇴', '취소', '넷플릭스'])
      await harness.world.x.say(late, text);
    await harness.settle();
    const told = answers(harness, late);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('소식이에요');
    expect(told[0]).toContain('아직 찾지 못했어요');
    expect(told[0]).not.toContain('지울까요');
  });

  test('the next one goes to whoever was served longest ago', async () => {
    const people = readersOnX(harness, 15);
    const [busy = ''] = people;
    for (const id of people) await harness.world.x.say(id, '도움말');
    await harness.settle(harness.world.clock.now() + MINUTE_MS);
    harness.world.x.limits.directMessages.per15Min = 1;
    await harness.env.DB.prepare(
      `UPDATE budgets SET told_limit = 1 WHERE span_ms = ${15 * MINUTE_MS}`,
    ).run();
    await harness.world.x.say(busy, '고양이');
    const late = reader(harness, 'ko').id;
    await harness.world.x.say(late, '도움말');
    await harness.settle(harness.world.clock.now() + 16 * MINUTE_MS);
    expect([answers(harness, late).length, answers(harness, busy).length]).toEqual([1, 1]);
  });
});

/** How often the Worker asked GitHub. */
function lookUps(at: Harness): number {
  return at.world.requests.filter(({ url }) => url.includes('api.github.com')).length;
}

describe('S-7: somebody has GitHub asked again and again', () => {
  test('by Telegram: it is asked 25 times an hour, and what they watch is still looked at', async () => {
    await connectTelegram(harness);
    const chat = privateChat(harness);
    await write(harness, chat, '구독 hana/garden main as 정원');
    await harness.settle();
    const looked = lookUps(harness);
    for (let turn = 0; turn < 75; turn++) {
      await harness.world.telegram.say(chat, turn % 2 ? '상태 1' : `구독 hana/nothing-${turn}`);
      harness.world.clock.advance(10 * SECOND_MS);
      await harness.settle(harness.world.clock.now());
    }
    expect(lookUps(harness) - looked).toBeGreaterThanOrEqual(20);
    expect(lookUps(harness) - looked).toBeLessThanOrEqual(25);
    const told = botMessages(harness, chat);
    expect(told.length).toBeGreaterThan(70);
    expect(told.at(-1)?.text).toContain('조금 쉬었다가');
    const before = lookUps(harness);
    harness.world.github.push('hana/garden', 'main', 1);
    await harness.cron(Math.ceil(harness.world.clock.now() / (30 * MINUTE_MS)) * 30 * MINUTE_MS);
    await harness.settle();
    expect(lookUps(harness)).toBeGreaterThan(before);
    expect(botMessages(harness, chat).at(-1)?.text).toContain('새 커밋');
  }, 60_000);

  test('by KakaoTalk: told once when it goes on, then briefly, always validly', async () => {
    const kakao = await createChat();
    const told: string[] = [];
    for (let turn = 0; turn < 150; turn++) told.push(await say(kakao, `구독 hana/x-${turn}`));
    expect(lookUps(kakao)).toBeGreaterThanOrEqual(20);
    expect(lookUps(kakao)).toBeLessThanOrEqual(25);
    expect(told.filter((text) => text.includes('에 이어서 답할게요'))).toHaveLength(1);
    expect(told.at(-1)).toBe('조금만 쉬었다가 다시 말해 주세요.');
    kakao.world.clock.advance(2 * MINUTE_MS);
    expect(await say(kakao, '도움말')).toContain('소식');
  }, 60_000);
});

describe('S-3: an automatic answer to every answer', () => {
  test.each(['지금은 자리를 비웠어요. 곧 연락드릴게요!', 'I am away until Monday.'])(
    '(%s) comes to rest',
    async (away) => {
      const { id } = reader(harness, 'ko');
      await harness.world.x.say(id, '도움말');
      await harness.settle();
      let seen = 0;
      for (let turn = 0; turn < 14; turn++) {
        const told = answers(harness, id).length;
        if (told === seen) break;
        seen = told;
        harness.world.clock.advance(20 * SECOND_MS);
        await harness.world.x.say(id, away);
        await harness.settle();
      }
      expect(answers(harness, id).length).toBeLessThanOrEqual(2);
    },
  );

  test('that is understood comes to rest too', async () => {
    const { id } = reader(harness, 'ko');
    for (let turn = 0; turn < 5; turn++) {
      await harness.world.x.say(id, '도움말');
      await harness.settle();
      harness.world.clock.advance(20 * SECOND_MS);
    }
    expect(answers(harness, id)).toHaveLength(2);
  });

  test('but different words that nobody understands get the hint', async () => {
    const { id } = reader(harness, 'ko');
    for (const text of ['오늘 뭐 먹지', '뭘 할 수 있나']) {
      await harness.world.x.say(id, text);
      await harness.settle();
    }
    expect(answers(harness, id)).toHaveLength(2);
  });
});

describe('one address that does not take what is sent', () => {
  test('S-8: a program that never answers holds nobody up', async () => {
    const [chat = ''] = telegramChats(harness, 1);
    harness.world.faults.add({ host: 'slow.example', kind: 'hang', times: 1000 });
    const hook = { channel: 'webhook', address: 'https://slow.example/hook' };
    await hand(harness, [
      ...Array.from({ length: 8 }, () => hook),
      { channel: 'telegram', address: chat },
    ]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const settled = harness.settle(harness.world.clock.now() + 10 * SECOND_MS);
    try {
      const asked = () => harness.world.requests.filter(({ url }) => url.includes('slow.example'));
      await vi.waitUntil(() => asked().length === 1, { interval: 1, timeout: 30_000 });
      vi.advanceTimersByTime(10_000);
      await settled;
    } finally {
      vi.useRealTimers();
    }
    expect(harness.world.telegram.messages(Number(chat))).toHaveLength(1);
    // The one that was tried: its time-out is that of all others.
    expect(await states(harness)).toEqual({ sent: 1, waiting: 8 });
  });

  test('S-8: a program that refuses delays no other program', async () => {
    harness.world.faults.add({ host: 'down.example', kind: 'network', times: 1000 });
    harness.world.faults.add({ host: 'up.example', kind: 'status', status: 204, times: 1000 });
    const down = { channel: 'webhook', address: 'https://down.example/hook' };
    const up = { channel: 'webhook', address: 'https://up.example/hook' };
    await hand(harness, [down, up, down, up, down, up, down, up]);
    await harness.settle(harness.world.clock.now() + 10 * SECOND_MS);
    expect(await states(harness)).toEqual({ sent: 4, waiting: 4 });
  });

  test('W-14: a chat that Telegram wants left alone waits, and nobody else', async () => {
    const [slow = '', ...others] = telegramChats(harness, 20);
    harness.world.faults.add({
      host: 'api.telegram.org',
      path: /sendMessage/,
      kind: 'status',
      status: 429,
      body: {
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 10072',
        parameters: { retry_after: 10_072 },
      },
    });
    const toAll = [slow, ...others].map((address) => ({ channel: 'telegram', address }));
    await hand(harness, toAll);
    await harness.settle(harness.world.clock.now() + MINUTE_MS);
    expect(await states(harness)).toEqual({ sent: 19, waiting: 1 });
    harness.world.clock.advance(MINUTE_MS);
    // T-9: what is written for it meanwhile, by other invocations, waits too, and comes in order.
    await hand(harness, [{ channel: 'telegram', address: slow, topic: 'news' }]);
    await pass(harness, harness.world.clock.now() + 2 * HOUR_MS);
    expect(harness.world.telegram.messages(Number(slow))).toHaveLength(0);
    await pass(harness, harness.world.clock.now() + HOUR_MS);
    expect(harness.world.telegram.messages(Number(slow))).toHaveLength(2);
  }, 60_000);
});

describe('a crowd on X', () => {
  test.each([30, 120])(
    'of %i readers of the menu costs operations of the queue in proportion',
    async (count) => {
      harness.redeploy({ TWITTER_MONTHLY_BUDGET: '0' });
      let sent = 0;
      const { DELIVERIES } = harness.env;
      harness.redeploy({
        DELIVERIES: {
          ...DELIVERIES,
          send: (body, options) => {
            sent += 1;
            return DELIVERIES.send(body, options);
          },
        },
      });
      const people = readersOnX(harness, count);
      await hand(
        harness,
        people.map((address) => ({ channel: 'twitter', address })),
      );
      await harness.settle();
      expect(await states(harness)).toEqual({ sent: count });
      // Three messages a window of fifteen; each is written, read and deleted.
      expect(sent).toBeLessThanOrEqual(Math.ceil(count / 15) * 4);
    },
    120_000,
  );
});
