import * as v from 'valibot';

/**
 * What is known of a tag: `t` told as a tag (or there before somebody wanted it), `r` as a release,
 * `x` gone from GitHub; `p` a pre-release, with the commit it was made of and when it was told last;
 * `w` a tag that waits for its release since an instant.
 */
export type Known =
  | readonly ['t' | 'r' | 'x']
  | readonly ['p', target: string, toldAt: number]
  | readonly ['w', since: number];

/** By tag. */
export type ReleaseMemory = Map<string, Known>;

const known = v.union([
  v.tuple([v.picklist(['t', 'r', 'x'])]),
  v.tuple([v.literal('p'), v.string(), v.number()]),
  v.tuple([v.literal('w'), v.number()]),
]);
const schema = v.object({
  /** How many tags GitHub has that are too old to be read. */
  beyond: v.number(),
  tags: v.array(v.tuple([v.string(), known])),
});

/** So many tags are remembered, the newest ones. */
export const MOST_REMEMBERED = 1000;

export interface StoredMemory {
  readonly memory: ReleaseMemory;
  readonly beyond: number;
}

/** As `known_releases.known` keeps it. */
export function readMemory(json: string | undefined): StoredMemory {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), json);
  return read.success
    ? { memory: new Map(read.output.tags), beyond: read.output.beyond }
    : { memory: new Map(), beyond: 0 };
}

export function writeMemory({ memory, beyond }: StoredMemory): string {
  return JSON.stringify({ beyond, tags: [...memory].slice(0, MOST_REMEMBERED) });
}
