/** The version in a tag's name, as far as there is one. */
interface Version {
  /** What stands before it: versions of one package of a monorepo share it. */
  readonly prefix: string;
  /** Major, minor, patch, and 0 for a pre-release, 1 for what it leads to. */
  readonly parts: readonly [number, number, number, 0 | 1];
}

const DOTTED = /(?<!\d)(\d+)\.(\d+)(?:\.(\d+))?/;
const BARE = /(?<=^|[-_/@v])(\d+)(?![\d.])/;
/** After a version: `-beta.1` (semver), `rc1`, `.dev0` (Python). */
const PRERELEASE = /^(?:-|[._]?(?:a|alpha|b|beta|c|rc|pre|preview|dev)\.?\d*$)/i;

/**
 * Reads a version leniently: `v1.2.3`, `1.2`, `v2`, `pkg-v1.2.3-rc.1`, `@scope/pkg@1.2.3`,
 * `release-2024.05.01`.
 */
function versionOf(tag: string): Version | null {
  const match = DOTTED.exec(tag) ?? BARE.exec(tag);
  if (!match) return null;
  const [text, major = '0', minor = '0', patch = '0'] = match;
  const rest = tag.slice(match.index + text.length);
  return {
    prefix: tag.slice(0, match.index).toLowerCase(),
    parts: [Number(major), Number(minor), Number(patch), PRERELEASE.test(rest) ? 0 : 1],
  };
}

/**
 * How big a step a tag's version is from the highest one below it under the same prefix. A version
 * that is not a pre-release is compared with its like only, so 2.0.0 is a major step after
 * 2.0.0-rc.1. Where none below is known its own zeros tell: 3.0.0 is major, 3.1.0 minor.
 *
 * @param others names of the other tags known
 * @returns `null` when no version is to be seen in the tag
 */
export function stepOf(tag: string, others: readonly string[]): 'major' | 'minor' | 'patch' | null {
  const version = versionOf(tag);
  if (version === null) return null;
  const { prefix, parts } = version;
  const below = others
    .filter((other) => other !== tag)
    .flatMap((other) => versionOf(other) ?? [])
    .filter((other) => other.prefix === prefix && (other.parts[3] === 1 || parts[3] === 0))
    .map((other) => other.parts)
    .filter((other) => order(other, parts) <= 0)
    .toSorted(order)
    .at(-1);
  const [major, minor, patch] = parts;
  if (below === undefined) return minor + patch === 0 ? 'major' : patch === 0 ? 'minor' : 'patch';
  if (below[0] !== major) return 'major';
  return below[1] === minor ? 'patch' : 'minor';
}

function order(one: Version['parts'], other: Version['parts']): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || one[3] - other[3];
}
