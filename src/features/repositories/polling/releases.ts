import * as v from 'valibot';
import type { Release, Releases } from '../../../platforms/github/source.ts';
import type { RepositoryBefore } from '../store/repositories.ts';
import { releaseKey } from '../store/repositories.ts';
import type { Change } from '../store/tell.ts';
import { stepOf } from './versions.ts';

/** So many names are kept: three times what GitHub lists at once. */
const MOST_KNOWN = 60;
/** GitHub lists ten releases and ten tags: who knows fewer knows them all. */
const WINDOW = 10;

const knownSchema = v.union([v.array(v.string()), v.number()]);

interface ReleaseNews {
  readonly changes: readonly Change[];
  /** For `repositories.releases_known`. */
  readonly releasesKnown: string;
}

/**
 * What is new among the releases and tags of a repository. At the first look that is what came
 * since somebody wants them. A release
 * whose tag was told already is a change of its own, about the same subject: who was told of the
 * tag is not told again, who did not want a bare tag (filters) is.
 *
 * @param repository as it is stored
 * @param fullName `owner/name` as it is now
 */
export function releaseNews(
  repository: RepositoryBefore & { readonly id: number },
  fullName: string,
  releases: Releases,
): ReleaseNews {
  const { id, owner, name, releasesKnown } = repository;
  const keys = releases.map(releaseKey);
  const stored = v.parse(knownSchema, JSON.parse(releasesKnown));
  const known = typeof stored === 'number' ? [] : stored;
  const fresh =
    typeof stored === 'number'
      ? releases.filter(({ at }) => at >= stored)
      : freshOnes(known, releases);
  const all = [...new Set([...keys, ...known])];
  const tags = [...new Set(all.map(tagOfKey))];
  return {
    changes: fresh.toReversed().map((release) => ({
      key: `release:${id}:${releaseKey(release)}`,
      subject: `release:${id}:${release.tag}`,
      kind: 'release',
      repository: id,
      branch: null,
      was: { owner, name, releasesKnown },
      step: stepOf(release.tag, tags),
      notice: JSON.stringify({
        kind: 'release',
        repository: fullName,
        what: release.kind,
        tag: release.tag,
        title: release.title,
        isPrerelease: release.isPrerelease,
        at: release.at,
        url: release.url,
      }),
    })),
    // What is listed now always stays known, whatever else is forgotten. The order alone is no
    // reason to write.
    releasesKnown:
      stored === known && keys.every((key) => known.includes(key))
        ? releasesKnown
        : JSON.stringify(all.slice(0, MOST_KNOWN)),
  };
}

/**
 * Those not known yet, newest first. When one is deleted an old one comes into the list at its end:
 * no news, unless all there were before are known.
 */
function freshOnes(known: readonly string[], releases: Releases): Release[] {
  const isKnown = (release: Release) =>
    known.includes(releaseKey(release)) ||
    (release.kind === 'tag' && known.includes(releaseKey({ ...release, kind: 'release' })));
  const lastKnown = releases.findLastIndex(isKnown);
  const knowsAll = new Set(known.map(tagOfKey)).size < WINDOW;
  return releases.filter(
    (release, index) => !isKnown(release) && (knowsAll || lastKnown === -1 || index < lastKnown),
  );
}

function tagOfKey(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
