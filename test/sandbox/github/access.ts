import type { Apps } from './app.ts';
import { type Buckets, freshBuckets } from './limits.ts';
import type { Repository } from './types.ts';

/** Who calls, by the credential shown. */
export interface Caller {
  readonly kind: 'anonymous' | 'user' | 'installation';
  readonly name: string;
  readonly buckets: Buckets;
  canSee(repository: Repository): boolean;
}

export type FindCaller = (request: Request) => Caller | null;

/**
 * Tells callers by their token; null for a token that is none of GitHub's.
 *
 * @param find a repository by its name now or before
 */
export function createAccess(
  userToken: string,
  user: Buckets,
  apps: Apps,
  find: (fullName: string) => Repository | null,
): FindCaller {
  const anonymous: Caller = {
    kind: 'anonymous',
    name: 'anonymous',
    buckets: freshBuckets(60),
    canSee: isPublic,
  };
  const owner: Caller = { kind: 'user', name: 'user', buckets: user, canSee: isPublic };
  const installations = new Map<number, Buckets>();

  return (request) => {
    const authorization = request.headers.get('authorization');
    if (authorization === null) return anonymous;
    const token = /^(?:bearer|token) (\S+)$/i.exec(authorization)?.[1];
    if (token === userToken) return owner;
    const installation = token === undefined ? null : apps.installationOf(token);
    if (!installation) return null;
    const { id, repositories } = installation;
    const buckets = installations.get(id) ?? freshBuckets(5000);
    installations.set(id, buckets);
    return {
      kind: 'installation',
      name: `installation ${id}`,
      buckets,
      canSee: (repository) =>
        isPublic(repository) || repositories.some((name) => find(name) === repository),
    };
  };
}

function isPublic({ isPrivate }: Repository): boolean {
  return !isPrivate;
}
