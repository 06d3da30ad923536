import type { Runtime } from '../../lib/runtime.ts';
import type { Fact } from './fact.ts';

/** How many told facts are remembered, half of all: a fact comes again after that many others. */
const REMEMBERED = 52;

/**
 * Draws distinct facts at random, each with the same chance, none of which is among `recent`. When
 * too few are left, those told longest ago follow at the end, so that the very last one told never
 * comes first.
 *
 * @param facts the corpus
 * @param count how many, at least 1; the whole corpus is given when it holds fewer
 * @param recent ids of the facts told last, newest last, as `remember` keeps them
 */
export function pickFacts({
  facts,
  count,
  recent,
  randomBytes,
}: {
  readonly facts: readonly Fact[];
  readonly count: number;
  readonly recent: readonly string[];
  readonly randomBytes: Runtime['randomBytes'];
}): Fact[] {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`Cannot pick ${count} facts`);
  const fresh = facts.filter((fact) => !recent.includes(fact.id));
  const told = facts
    .filter((fact) => recent.includes(fact.id))
    .toSorted((a, b) => recent.lastIndexOf(a.id) - recent.lastIndexOf(b.id));
  return [...draw(fresh, count, randomBytes), ...told].slice(0, count);
}

/**
 * The ids to remember for a person after `told` were told, newest last; at most 52, each once.
 */
export function remember(recent: readonly string[], told: readonly string[]): string[] {
  return [...new Set([...recent, ...told].toReversed())].slice(0, REMEMBERED).toReversed();
}

/** Up to `count` of the values in random order. */
function draw<Value>(
  values: readonly Value[],
  count: number,
  randomBytes: Runtime['randomBytes'],
): Value[] {
  const left = [...values];
  const drawn: Value[] = [];
  while (drawn.length < count && left.length > 0) {
    drawn.push(...left.splice(randomBelow(left.length, randomBytes), 1));
  }
  return drawn;
}

/** A whole number from 0 to `bound` - 1. Numbers that would favour the low ones are drawn again. */
function randomBelow(bound: number, randomBytes: Runtime['randomBytes']): number {
  const fair = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const bytes = randomBytes(4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (drawn < fair) return drawn % bound;
  }
}
