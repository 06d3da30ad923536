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
const PRERELEASE = /^(?:-|[._]?(?:a|alpha|b|beta|c|rc|pre|preview|dev|canary|next)[.-]?\d*$)/i;
/** After a version, with a hyphen, and yet no pre-release: builds and distributions. */
const BUILD =
  /^-(?:\d+|r\d+|p\d+|post\d*|final|release|stable|ga|lts|jre|jdk\d*|android|ubuntu|debian|alpine|linux|windows|macos)\b/i;

/**
 * Reads a version leniently: `v1.2.3`, `1.2`, `v2`, `pkg-v1.2.3-rc.1`, `@scope/pkg@1.2.3`,
 * `release-2024.05.01`.
 */
function versionOf(tag: string): Version | null {
  const match = DOTTED.exec(tag) ?? BARE.exec(tag);
  if (!match) return null;
  const [text, major = '0', minor = '0', patch = '0'] = match;
  const rest = tag.slice(match.index + text.length);
  const isPrerelease = PRERELEASE.test(rest) && !BUILD.test(rest);
  return {
    prefix: tag.slice(0, match.index).toLowerCase(),
    parts: [Number(major), Number(minor), Number(patch), isPrerelease ? 0 : 1],
  };
}

/** Whether a tag's name says that it is a pre-release: `v2.0.0-rc.1`, `2.0.0b3`, `nightly`. */
export function isPrereleaseTag(tag: string): boolean {
  return versionOf(tag)?.parts[3] === 0 || /^(?:nightly|canary|edge|tip|dev|next)\b/i.test(tag);
}

export interface Versions {
  /**
   * How big a step a tag's version is from the highest one below it under the same prefix. A version
   * that is not a pre-release is compared with its like only, so 2.0.0 is a major step after
   * 2.0.0-rc.1. Where none below is known its own zeros tell: 3.0.0 is major, 3.1.0 minor.
   *
   * @returns `null` when no version is to be seen in the tag
   */
  readonly stepOf: (tag: string) => 'major' | 'minor' | 'patch' | null;
}

/** @param tags names of the tags known */
export function versionsOf(tags: readonly string[]): Versions {
  const known = tags.flatMap((tag) => {
    const version = versionOf(tag);
    return version === null ? [] : { tag, ...version };
  });
  return {
    stepOf: (tag) => {
      const version = versionOf(tag);
      if (version === null) return null;
      const { prefix, parts } = version;
      const below = known
        .filter((other) => other.tag !== tag && other.prefix === prefix)
        .filter((other) => other.parts[3] === 1 || parts[3] === 0)
        .map((other) => other.parts)
        .filter((other) => order(other, parts) <= 0)
        .toSorted(order)
        .at(-1);
      const [major, minor, patch] = parts;
      if (below === undefined)
        return minor + patch === 0 ? 'major' : patch === 0 ? 'minor' : 'patch';
      if (below[0] !== major) return 'major';
      return below[1] === minor ? 'patch' : 'minor';
    },
  };
}

function order(one: Version['parts'], other: Version['parts']): number {
  return one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || one[3] - other[3];
}
