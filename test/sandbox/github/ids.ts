import { toBase64, utf8 } from '../bytes.ts';

export type Ids = ReturnType<typeof createIds>;

/** The next number of a world, and what GitHub makes of numbers. The same in every run. */
export function createIds() {
  let last = 0;
  const next = () => {
    last += 1;
    return last;
  };
  return {
    next,
    /** A git object id: 40 hexadecimal digits that look random. */
    sha: (serial: number): string => [1, 2, 3, 4, 5].map((lane) => mixed(serial, lane)).join(''),
    /** A global node id of GraphQL, e.g. `R_kgDO...`. */
    nodeId: (prefix: 'R_kgDO' | 'REF_kwDO' | 'RE_kwDO', serial: number): string =>
      prefix + toBase64(utf8(String(serial).padStart(9, '0'))),
  };
}

/** Eight hexadecimal digits (the finalizer of MurmurHash3). */
function mixed(serial: number, lane: number): string {
  let bits = Math.imul(serial, 0x9e3779b1) ^ Math.imul(lane, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
