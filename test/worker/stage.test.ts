import { beforeEach, describe, expect, test } from 'vitest';
import { addDays, HOUR_MS } from '../../src/lib/time.ts';
import { kopisRow } from '../sandbox/kopis/rows.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  health,
  posts,
  reader,
} from './harness.ts';

/** Wednesday and Saturday 10:00 in Seoul. */
const WEDNESDAY = Date.UTC(2026, 10, 25, 1);
const SATURDAY = Date.UTC(2026, 10, 28, 1);
const HALF_HOUR = HOUR_MS / 2;

let harness: Harness;
beforeEach(async () => {
  harness = await createHarness();
  await connectWebhook(harness);
});

async function cron(atMs: number): Promise<void> {
  await harness.cron(atMs);
  await harness.settle();
}

async function say(language: 'ko' | 'en', text: string): Promise<string> {
  const { id } = reader(harness, language);
  await harness.world.x.say(id, text);
  await harness.settle();
  return answers(harness, id).at(-1) ?? '(silence)';
}

const stagePosts = () => posts(harness).filter((text) => text.startsWith('TITLE: '));
const lastRun = async () =>
  (await health(harness)).runs?.find((run) => 'job' in run && run.job === 'stage');

describe('the stage on Wednesday', () => {
  test('is posted in the seed’s words, what just opened and soon ends before all others', async () => {
    await cron(WEDNESDAY);
    const titles = stagePosts().map((text) => text.split('\n')[0]?.slice('TITLE: '.length));
    expect(titles.length).toBeGreaterThanOrEqual(4);
    expect(titles.length).toBeLessThanOrEqual(20);
    const first = new Set(titles.slice(0, 8));
    for (const title of [
      '우리 동네 명탐정',
      '마지막 기차 & 첫눈',
      '바다 건너 사촌들',
      '달의 정원',
    ]) {
      expect(first).toContain(title);
    }
    for (const title of ['고양이를 부탁할게', '노틀담의 시계공', '사라진 편지']) {
      expect(first).toContain(title);
    }
    expect(titles).not.toContain('겨울 나그네');
    expect(stagePosts()).toContain(
      'TITLE: 마지막 기차 & 첫눈\n\n공연장: 예그린씨어터\n기간: 2026.11.24~2027.01.05',
    );
  });

  test('has an open run without an end, and one post for several rows of a production', async () => {
    await cron(WEDNESDAY);
    await cron(SATURDAY);
    const all = stagePosts();
    expect(all).toContain('TITLE: 웃음을 파는 가게 [오픈런]\n\n공연장: 틴틴홀\n기간: 2025.10.18~');
    expect(all.filter((text) => text.includes('달의 정원'))).toEqual([
      'TITLE: 달의 정원\n\n공연장: 광림아트센터\n기간: 2026.11.23~2027.02.10',
    ]);
  });

  test('has its posters, GIFs over http, each with a description', async () => {
    await cron(WEDNESDAY);
    const [post] = harness.world.x.timeline();
    expect(post?.media).toHaveLength(1);
    expect(post?.media[0]?.alt).toContain('포스터');
    expect(String.fromCharCode(...(post?.media[0]?.bytes.slice(0, 3) ?? []))).toBe('GIF');
  });

  test('goes without the picture that X does not take', async () => {
    harness.world.faults.add({
      host: 'api.x.com',
      path: /^\/2\/media\/upload/,
      times: Infinity,
      kind: 'status',
      status: 400,
      body: { errors: [{ message: 'media type unrecognized' }] },
    });
    await cron(WEDNESDAY);
    expect(stagePosts().length).toBeGreaterThanOrEqual(4);
    expect(harness.world.x.timeline().every(({ media }) => media.length === 0)).toBe(true);
  });

  test('adds none when it comes twice, nor on Saturday what it had, whatever its id', async () => {
    await cron(WEDNESDAY);
    await cron(WEDNESDAY);
    const wednesday = stagePosts();
    const { rows } = harness.world.kopis;
    rows.splice(0, rows.length, ...rows.map((row) => ({ ...row, mt20id: `${row.mt20id}9` })));
    await cron(SATURDAY);
    const all = stagePosts();
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((text) => wednesday.includes(text))).toHaveLength(wednesday.length);
  });

  test('is of the owner’s region alone', async () => {
    harness.redeploy({ STAGE_REGION: '부산' });
    await cron(WEDNESDAY);
    expect(stagePosts().length).toBe(2);
    expect(await say('ko', '공연 서울')).toContain('부산 공연만');
  });

  test('nothing on stage is no failure', async () => {
    harness.world.kopis.rows.length = 0;
    await cron(WEDNESDAY);
    expect(await lastRun()).toMatchObject({ state: 'done' });
    expect(stagePosts()).toEqual([]);
  });
});

describe('when KOPIS fails', () => {
  test('the run shows as failed, and the next half hour makes up for it', async () => {
    harness.world.kopis.failure = '05';
    await cron(WEDNESDAY);
    expect(await lastRun()).toMatchObject({ state: 'failed' });
    expect(stagePosts()).toEqual([]);
    harness.world.kopis.failure = null;
    await cron(WEDNESDAY + HALF_HOUR);
    expect(await lastRun()).toMatchObject({ state: 'done' });
    expect(stagePosts().length).toBeGreaterThanOrEqual(4);
  });

  test('it is asked at two further half hours, and then not before Saturday', async () => {
    harness.world.kopis.failure = '02';
    const calls = () => harness.world.requests.filter(({ url }) => url.includes('/pblprfr')).length;
    for (let count = 0; count < 6; count += 1) await cron(WEDNESDAY + count * HALF_HOUR);
    expect(calls()).toBe(3);
    expect(JSON.stringify(await health(harness))).not.toContain('sandbox-kopis-key');
  });
});

describe('people and the stage', () => {
  test('get an honest sentence before the first run, and without the key', async () => {
    expect(await say('ko', '공연')).toContain('아직 받아 오지 못했어요');
    harness.redeploy({ KOPIS_KEY: undefined });
    expect(await say('en', 'stage')).toContain('not switched on');
  });

  test('hear what is on, by genre and region', async () => {
    await cron(WEDNESDAY);
    const musicals = await say('ko', '뮤지컬 부산');
    expect(musicals).toContain('레베카의 정거장');
    expect(musicals).not.toContain('사라진 편지');
    expect(await say('ko', '서울 연극')).toContain('별이 빛나는 옥상');
    expect(await say('en', 'musicals in seoul')).toContain('달의 정원');
  });

  test('are told what was posted once they switched it on, of the kind they want', async () => {
    expect(await say('ko', '공연 뮤지컬만 알림 켜기')).toContain('뮤지컬만');
    await say('en', 'stage alerts on');
    await cron(WEDNESDAY);
    const ko = answers(harness, reader(harness, 'ko').id).at(-1) ?? '';
    expect(ko).toContain('달의 정원');
    expect(ko).not.toContain('마지막 기차');
    const en = answers(harness, reader(harness, 'en').id).at(-1) ?? '';
    expect(en).toContain('마지막 기차 & 첫눈');
    const before = answers(harness, reader(harness, 'en').id).length;
    await cron(WEDNESDAY);
    expect(answers(harness, reader(harness, 'en').id)).toHaveLength(before);
  });

  test('are told when the last day of what was announced changes', async () => {
    await say('ko', '공연 알림 켜기');
    await cron(WEDNESDAY);
    const { rows } = harness.world.kopis;
    const index = rows.findIndex(({ prfnm }) => prfnm === '노틀담의 시계공');
    const row = rows[index];
    if (!row) throw new Error('no such row');
    rows[index] = kopisRow({ ...row, to: addDays(row.to, 30) });
    await cron(SATURDAY);
    const told = answers(harness, reader(harness, 'ko').id).join('\n---\n');
    expect(told).toContain('공연 기간이 바뀌었어요');
    expect(told).toContain('2026.11.26까지에서 2026.12.26까지로');
  });

  test('see it on the front page, with posters from our own address', async () => {
    await cron(WEDNESDAY);
    const page = await (await harness.fetch(new Request('https://soshik.example/'))).text();
    expect(page).toContain('달의 정원');
    const [, path = ''] = /src="(\/stage\/\d+\/poster)"/.exec(page) ?? [];
    const poster = await harness.fetch(new Request(`https://soshik.example${path}`));
    expect(poster.headers.get('content-type')).toBe('image/gif');
  });
});
