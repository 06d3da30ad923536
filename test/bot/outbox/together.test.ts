import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainNews } from '../../../src/bot/notice/newsTexts.ts';
import type { Digest, Notice } from '../../../src/bot/notice/notice.ts';
import { partOf } from '../../../src/bot/outbox/together.ts';
import { commits, digest, release, reply } from '../notice/news.ts';

const SEOUL = 'Asia/Seoul';
const holdsUpTo = (limit: number) => (notice: Digest) => plainNews(notice, SEOUL).length <= limit;

/** What waits for one person, as the outbox says it: message by message. */
function messages(waiting: readonly Notice[], limit: number): Notice[] {
  const said: Notice[] = [];
  let left = waiting;
  while (left.length > 0) {
    const { notice, rows, rest } = partOf(left, holdsUpTo(limit));
    said.push(notice);
    left = [...(rest === null ? [] : [rest]), ...left.slice(rows)];
  }
  return said;
}

function tagsOf(notice: Notice): string[] {
  const entries = notice.kind === 'digest' ? notice.entries : [notice];
  return entries.map((one) => (one.kind === 'release' ? one.tag : one.kind));
}

test('of much news every piece is named once, in order, in messages with room for it', () => {
  const piece = fc.record({ length: fc.integer({ min: 1, max: 150 }), inOne: fc.nat(3) });
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 200, max: 4096 }),
      (pieces, limit) => {
        let number = 0;
        const next = (length: number) => {
          number += 1;
          return release({ tag: `v${number}-${'x'.repeat(length)}`, title: '' });
        };
        const waiting = pieces.map(({ length, inOne }) =>
          inOne === 0
            ? next(length)
            : digest(...Array.from({ length: inOne * 15 }, () => next(length))),
        );
        const said = messages(waiting, limit);
        expect(said.flatMap(tagsOf)).toEqual(waiting.flatMap(tagsOf));
        for (const notice of said) {
          if (notice.kind !== 'digest' || notice.entries.length === 1) continue;
          expect(holdsUpTo(limit)(notice)).toBe(true);
          const text = plainNews(notice, SEOUL);
          for (const tag of tagsOf(notice)) expect(text).toContain(tag);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('what has room is told whole, as much of it as there is room for', () => {
  const five = ['v1', 'v2', 'v3', 'v4', 'v5'].map((tag) => release({ tag }));
  const [whole] = messages(five, 4096);
  expect(whole).toEqual(digest(...five));
  const [short, ...more] = messages(five, 300);
  expect(more).toEqual([]);
  expect(short).toMatchObject({ whole: 3, entries: five });
});

test('of pushes that have no room together there is the page of them all', () => {
  const pushes = Array.from({ length: 60 }, () => commits());
  const { notice, rows } = partOf(pushes, holdsUpTo(200));
  expect(rows).toBe(60);
  expect(notice.kind === 'digest' && plainNews(notice, SEOUL)).toBe(
    '[인사] 새 커밋 60개\nocto/hello · main\n\n변경 내역 보기:\nhttps://github.com/octo/hello/compare/1...2',
  );
});

test('one piece of news is told as it is, however little room there is', () => {
  expect(partOf([commits()], () => false)).toEqual({ notice: commits(), rows: 1, rest: null });
});

test('replies have nothing to do with it', () => {
  const { notice, rows } = partOf([reply({ text: '하나' }), reply({ text: '둘' })], () => false);
  expect([rows, notice]).toEqual([2, reply({ text: '하나\n\n둘' })]);
});
