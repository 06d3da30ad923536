import { beforeEach, describe, expect, test } from 'vitest';
import type { Digest, Notice, Post } from '../../../src/bot/notice/notice.ts';
import { drain } from '../../../src/bot/outbox/drain.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/time.ts';
import { PICTURES } from '../../lib/web/pictures.ts';
import { release } from '../notice/news.ts';
import { createOutbox, NOW, type Outbox, SENT } from './outbox.ts';

const LANE = 'pigeon';
const POSTER = { key: 'poster:netflix:1', url: 'https://occ-0-1.1.nflxso.net/1.png' };

function posting(poster: typeof POSTER | null, kind: Post['kind'] = 'upcoming') {
  const title = { title: '가을', subtitle: null, day: '2026-11-28', poster, link: null };
  const post: Post =
    kind === 'upcoming'
      ? { kind, language: 'ko', titles: [title], part: null }
      : {
          kind,
          language: 'ko',
          label: '',
          title: '가을',
          lines: [],
          poster: poster && { ...poster, alt: '나무' },
          link: null,
        };
  return { address: 'timeline', notice: JSON.stringify(post) };
}

const news = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    topic: 'news' as const,
    notice: JSON.stringify(release({ tag: `v${index}` })),
  }));
const tags = (notice: Notice) =>
  notice.kind === 'digest' ? notice.entries.map((one) => 'tag' in one && one.tag) : [];

let outbox: Outbox;
beforeEach(async () => {
  outbox = await createOutbox();
});

/** The lane is tried at an instant. */
async function drainAt(at: number, lane: string): Promise<void> {
  outbox.clock.now = at;
  await drain(outbox.bot, lane);
}

describe('a post', () => {
  const sentMark = { ...SENT, externalId: '9' };

  test('is refused where nothing can be said for everyone to see', async () => {
    outbox = await createOutbox({}, false);
    await outbox.hand([posting(null)]);
    await outbox.next();
    expect(await outbox.rows()).toMatchObject([{ state: 'refused', note: 'no posts here' }]);
  });

  test.each(['upcoming', 'headline'] as const)('has its poster with it (%s)', async (kind) => {
    const [png] = PICTURES;
    const fetch = async () => new Response(png.bytes);
    const bot = { ...outbox.bot, runtime: { ...outbox.bot.runtime, fetch } };
    await outbox.hand([posting(POSTER, kind)]);
    await drain(bot, `${LANE}/posts`);
    const [publication] = outbox.published;
    expect((await publication?.picture(POSTER))?.type).toBe('image/png');
    expect(await publication?.picture({ ...POSTER, key: 'another' })).toBeNull();
    expect(await outbox.rows()).toMatchObject([{ state: 'sent', note: null }]);
  });

  test('waits for a poster that cannot be had now, ten minutes at a time and an hour at most', async () => {
    await outbox.hand([posting(POSTER)]);
    await outbox.next();
    expect(outbox.published).toEqual([]);
    expect(await outbox.rows()).toMatchObject([
      { state: 'waiting', note: 'waits-for-poster', uncertain: 0, dueAt: NOW + 10 * MINUTE_MS },
    ]);
    await drainAt(NOW + HOUR_MS - 1, `${LANE}/posts`);
    expect(outbox.published).toEqual([]);
    outbox.plan.answer = async () => sentMark;
    await drainAt(NOW + 2 * HOUR_MS, `${LANE}/posts`);
    expect(await outbox.rows()).toMatchObject([
      { state: 'sent', externalId: '9', note: 'poster-missing: unavailable' },
    ]);
  });

  test('keeps the platform’s word about it, though its poster is missing', async () => {
    outbox.plan.answer = async () => ({ ...sentMark, note: 'found-on-timeline' });
    await outbox.hand([posting(POSTER)]);
    await drainAt(NOW + HOUR_MS, `${LANE}/posts`);
    expect(await outbox.rows()).toMatchObject([{ note: 'found-on-timeline' }]);
  });

  test('that continues another knows its id', async () => {
    outbox.plan.answer = async () => sentMark;
    await outbox.hand([
      { ...posting(null), dedupeKey: 'first' },
      { ...posting(null), follows: 'first' },
    ]);
    await outbox.next();
    await outbox.next();
    expect(outbox.published.map(({ replyTo }) => replyTo)).toEqual([null, '9']);
  });
});

describe('much news for one address', () => {
  const holdsTen = { holds: ({ entries }: Digest) => entries.length <= 10 };

  test('comes in messages with room for it, each with its own id, and all of it once', async () => {
    outbox = await createOutbox(holdsTen);
    await outbox.hand(news(25));
    await outbox.next();
    expect(outbox.said.map(({ notice }) => tags(notice))).toEqual([
      Array.from({ length: 10 }, (_, index) => `v${index}`),
    ]);
    expect((await outbox.states()).slice(8, 12)).toEqual(['merged', 'sent', 'waiting', 'waiting']);
    for (let nth = 0; nth < 15; nth++) await drain(outbox.bot, LANE);
    const states = await outbox.states();
    expect(states.filter((state) => state === 'waiting')).toEqual([]);
    expect(new Set(outbox.said.map(({ id }) => id)).size).toBe(outbox.said.length);
  });

  test('of one row that is too long comes in several messages, each written down as sent', async () => {
    outbox = await createOutbox(holdsTen);
    const entries = Array.from({ length: 15 }, (_, index) => release({ tag: `v${index}` }));
    const digest = { kind: 'digest', language: 'ko', entries };
    outbox.plan.answer = async () => ({ ...SENT, externalId: '5', charges: { dm: 1 } });
    await outbox.hand([{ topic: 'news', notice: JSON.stringify(digest) }]);
    await outbox.next();
    expect(await outbox.rows()).toMatchObject([
      { state: 'waiting', attempts: 0, dueAt: NOW },
      { state: 'sent', externalId: '5', charges: '{"dm":1}', endedAt: NOW },
    ]);
    await outbox.next();
    expect(outbox.said.map(({ notice }) => tags(notice).length)).toEqual([10, 5]);
    expect(await outbox.states()).toEqual(['sent', 'sent']);
    const [first, second] = outbox.said;
    expect(first?.id).not.toBe(second?.id);
  });
});
