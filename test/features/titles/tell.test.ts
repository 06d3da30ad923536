import { beforeEach, describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src/lib/time.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  reader,
  SATURDAY,
} from '../../worker/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectWebhook(harness);
});

async function cron(atMs: number): Promise<void> {
  await harness.cron(atMs);
  await harness.settle();
}

async function say(text: string): Promise<string> {
  const { id } = reader(harness, 'ko');
  await harness.world.x.say(id, text);
  await harness.settle();
  return answers(harness, id).at(-1) ?? '';
}

const told = () => answers(harness, reader(harness, 'ko').id);

describe('who follows titles', () => {
  test('hears on Saturday what was posted, and later of a date that moved', async () => {
    expect(await say('넷플릭스 알림 켜기')).toContain('켰어요');
    await cron(SATURDAY);
    expect(told().at(-1)).toContain('넷플릭스에 새로 나올 작품');
    const { rows } = harness.world.netflix;
    const index = rows.findIndex(({ startTime }) => startTime > SATURDAY + 3 * DAY_MS);
    const row = rows[index];
    if (!row) throw new Error('no title');
    rows[index] = { ...row, startTime: row.startTime + DAY_MS };
    // 05:00 in Korea on the next day.
    await cron(SATURDAY + DAY_MS - 4 * 3_600_000);
    expect(told().at(-1)).toContain('공개일이 바뀌었어요');
    expect(told().at(-1)).toContain(row.title1);
  });

  test('hears in the morning what is out today only when that was asked for', async () => {
    await say('고양이');
    const before = told().length;
    await cron(SATURDAY);
    await cron(SATURDAY + 2 * DAY_MS);
    expect(told()).toHaveLength(before);
    expect(await say('넷플릭스 오늘 알림 켜기')).toContain('켰어요');
    for (let day = 3; day < 12; day += 1) await cron(SATURDAY + day * DAY_MS);
    expect(told().join('\n')).toContain('오늘 넷플릭스에 나와요');
  });
});
