import { firstValue, type Heard, has, means, tokensOf } from '../../../bot/talk/hear/heard.ts';
import { parseRepositoryAddress } from '../../../platforms/github/api/addresses.ts';

/** As much of a watch as tells which one it is. */
export interface Named {
  readonly nickname: string;
  readonly repository: { readonly owner: string; readonly name: string };
}

/** Which of their watches a person speaks of. */
export type Which<Of> =
  /** Nobody is named. */
  | { readonly kind: 'none' }
  /** What was named, which is no watch of theirs. */
  | { readonly kind: 'unknown'; readonly words: string }
  | { readonly kind: 'some'; readonly watches: readonly Of[] };

/**
 * The watches a text is about: by nickname or `owner/name` (`findNames`), by the number in the list,
 * or all of them.
 */
export function whichOf<Of extends Named>(heard: Heard, watches: readonly Of[]): Which<Of> {
  const named = tokensOf(heard, 'name');
  const [name] = named;
  if (name !== undefined) {
    const places = named.flatMap((token) =>
      token.means.filter(({ concept }) => concept === 'name').map(({ value }) => Number(value)),
    );
    const found = watches.filter((_, index) => places.includes(index));
    if (found.length > 0) return { kind: 'some', watches: found };
  }
  const address = firstValue(heard, 'address');
  if (address !== null) return byAddress(address, watches);
  const number = tokensOf(heard, 'ordinal')[0] ?? tokensOf(heard, 'number')[0];
  const place = number?.means.find(({ concept }) => concept === 'number')?.value;
  if (place !== undefined) {
    const watch = watches[Number(place) - 1];
    return watch ? { kind: 'some', watches: [watch] } : { kind: 'unknown', words: place };
  }
  const guess = firstValue(heard, 'guess');
  if (guess !== null) return { kind: 'unknown', words: guess };
  if (has(heard, 'all')) return { kind: 'some', watches };
  return { kind: 'none' };
}

function byAddress<Of extends Named>(address: string, watches: readonly Of[]): Which<Of> {
  const parsed = parseRepositoryAddress(address);
  const wanted = parsed.ok ? `${parsed.value.owner}/${parsed.value.name}`.toLowerCase() : '';
  const found = watches.filter(
    ({ repository: { owner, name } }) => `${owner}/${name}`.toLowerCase() === wanted,
  );
  return found.length > 0 ? { kind: 'some', watches: found } : { kind: 'unknown', words: address };
}

/** The first token that says which watch is meant; `null` when none does. */
export function placeOfWhich(
  heard: Heard,
): { readonly start: number; readonly end: number } | null {
  const isOne = (concept: string) => heard.tokens.find((token) => means(token, concept));
  return isOne('name') ?? isOne('address') ?? isOne('ordinal') ?? isOne('number') ?? null;
}
