import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import facts from '../../../src/assets/catfacts.json' with { type: 'json' };
import { pickFacts, remember } from '../../../src/features/cats/facts.ts';
import type { Runtime } from '../../../src/lib/runtime.ts';

const ids = facts.map((fact) => fact.id);
const half = Math.floor(facts.length / 2);

/** Bytes that look random but are the same for the same seed (Park and Miller's generator). */
function seededBytes(seed: number): Runtime['randomBytes'] {
  let state = (seed % 2147483646) + 1;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (state * 48271) % 2147483647;
      return state >> 8;
    });
}

const seeds = fc.nat(2147483645).map((seed) => seededBytes(seed));
const histories = fc.shuffledSubarray(ids);

describe('drawing facts', () => {
  test('500 draws for one person never repeat one of the last half of the corpus', () => {
    fc.assert(
      fc.property(seeds, (randomBytes) => {
        let recent: string[] = [];
        const told: string[] = [];
        for (let turn = 0; turn < 500; turn += 1) {
          const picked = pickFacts({ facts, count: 1, recent, randomBytes }).map((fact) => fact.id);
          told.push(...picked);
          recent = remember(recent, picked);
        }
        expect(told).toHaveLength(500);
        const tooSoon = told.filter((id, at) =>
          told.slice(Math.max(0, at - half), at).includes(id),
        );
        expect(tooSoon).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  test('one draw gives as many distinct facts as were asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: facts.length }),
        histories,
        seeds,
        (count, recent, randomBytes) => {
          const picked = pickFacts({ facts, count, recent, randomBytes });
          expect(new Set(picked.map((fact) => fact.id)).size).toBe(count);
        },
      ),
    );
  });

  test('a recent fact comes only when all others are told, the oldest first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: facts.length }),
        histories,
        seeds,
        (count, recent, randomBytes) => {
          const picked = pickFacts({ facts, count, recent, randomBytes }).map((fact) => fact.id);
          const again = picked.filter((id) => recent.includes(id));
          const needed = Math.max(0, count - (facts.length - recent.length));
          expect(again).toEqual(recent.slice(0, needed));
          expect(picked.slice(picked.length - needed)).toEqual(again);
        },
      ),
    );
  });

  test('the very last fact told never comes first, even when all were told lately', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids, { minLength: ids.length }),
        fc.integer({ min: 1, max: facts.length + 5 }),
        seeds,
        (recent, count, randomBytes) => {
          expect(pickFacts({ facts, count, recent, randomBytes })[0]?.id).not.toBe(recent.at(-1));
        },
      ),
    );
  });

  test('more than there are gives the whole corpus, each fact once', () => {
    const picked = pickFacts({ facts, count: 1000, recent: [], randomBytes: seededBytes(7) });
    expect(picked.map((fact) => fact.id).toSorted()).toEqual(ids.toSorted());
  });

  test('ids of facts that no longer exist do no harm', () => {
    const picked = pickFacts({
      facts,
      count: 3,
      recent: ['long-gone'],
      randomBytes: seededBytes(7),
    });
    expect(picked).toHaveLength(3);
  });

  test('every fact has the same chance', () => {
    const randomBytes = seededBytes(20261122);
    const drawsPerFact = 200;
    const counts = new Map<string, number>(ids.map((id) => [id, 0]));
    for (let turn = 0; turn < ids.length * drawsPerFact; turn += 1) {
      const id = pickFacts({ facts, count: 1, recent: [], randomBytes })[0]?.id ?? '';
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    let chiSquare = 0;
    for (const count of counts.values()) chiSquare += (count - drawsPerFact) ** 2 / drawsPerFact;
    const freedom = ids.length - 1;
    // Six standard deviations above the mean of the chi-square distribution.
    expect(chiSquare).toBeLessThan(freedom + 6 * Math.sqrt(2 * freedom));
  });

  test('a number beyond the last full round is drawn again, so that no fact is favoured', () => {
    const draws = [
      [0xff, 0xff, 0xff, 0xff],
      [0, 0, 0, 1],
    ];
    const randomBytes: Runtime['randomBytes'] = () => Uint8Array.from(draws.shift() ?? []);
    // The highest number is beyond the last full round for every bound that is no power of two.
    expect(facts.length & (facts.length - 1)).not.toBe(0);
    expect(pickFacts({ facts, count: 1, recent: [], randomBytes })).toEqual(facts.slice(1, 2));
    expect(draws).toEqual([]);
  });

  test.each([0, -1, 1.5, Number.NaN])('%s facts cannot be picked', (count) => {
    const randomBytes = seededBytes(7);
    expect(() => pickFacts({ facts, count, recent: [], randomBytes })).toThrow(RangeError);
  });
});

describe('remembering what was told', () => {
  test('the newest comes last and a fact told again moves there', () => {
    expect(remember(['a', 'b', 'c'], ['d', 'a'])).toEqual(['b', 'c', 'd', 'a']);
  });

  test('only the newest half of the corpus is kept', () => {
    expect(remember(ids, ['new'])).toEqual([...ids, 'new'].slice(-half));
  });
});
