import { actorFields, commitOf } from './graphql-commits.ts';
import { connection } from './graphql-connection.ts';
import type { Arguments, Fields, Home } from './graphql-fields.ts';
import { commitPage } from './json.ts';
import { type Branch, fullNameOf, type Repository, type Tag } from './types.ts';

/** A ref by its full name, or a branch or tag by its short one; null when there is none. */
export function refFields(repository: Repository, name: string, home: Home): Fields | null {
  const [, kind, rest] = /^refs\/(heads|tags)\/(.+)$/.exec(name) ?? [];
  const short = rest ?? name;
  const branch = kind === 'tags' ? undefined : repository.branches.get(short);
  if (branch) return branchFields(repository, branch, home);
  const tag = kind === 'heads' ? undefined : repository.tags.get(short);
  return tag ? tagRefFields(repository, tag, home) : null;
}

export function branchFields(repository: Repository, branch: Branch, home: Home): Fields {
  return {
    __typename: 'Ref',
    id: branch.nodeId,
    name: branch.name,
    prefix: 'refs/heads/',
    repository: home,
    target: () => commitOf(repository, branch.head, home),
  };
}

export function tagRefFields(repository: Repository, tag: Tag, home: Home): Fields {
  const commit = () => commitOf(repository, tag.commit, home);
  return {
    __typename: 'Ref',
    id: tag.nodeId,
    name: tag.name,
    prefix: 'refs/tags/',
    repository: home,
    target: () => (tag.annotation ? annotatedTag(repository, tag, home, commit) : commit()),
  };
}

/** `Repository.refs`: branches or tags, by name or by the date of their commit. */
export function refsOf(repository: Repository, args: Arguments, home: Home): Fields | null {
  const { branches, tags, commits } = repository;
  const heads = [...branches.values()].map(({ name, head }) => ({ name, commit: head }));
  const lists = new Map([
    ['refs/heads/', heads],
    ['refs/tags/', [...tags.values()]],
  ]);
  const prefix = String(args['refPrefix']);
  const query = typeof args['query'] === 'string' ? args['query'] : '';
  const found = lists.get(prefix)?.filter(({ name }) => name.includes(query));
  if (!found) return null;
  const { field, direction } = orderIn(args, 'ALPHABETICAL');
  const dateOf = (sha: string) => commits.get(sha)?.at ?? 0;
  const rising = found.toSorted((one, other) =>
    field === 'TAG_COMMIT_DATE'
      ? dateOf(one.commit) - dateOf(other.commit)
      : one.name < other.name
        ? -1
        : 1,
  );
  const list = direction === 'DESC' ? rising.toReversed() : rising;
  return connection(list, args, ({ name }) => refFields(repository, prefix + name, home) ?? {});
}

/** `orderBy` of a connection. */
export function orderIn(args: Arguments, field: string): { field: string; direction: string } {
  const order: unknown = args['orderBy'];
  const given = typeof order === 'object' && order !== null ? order : {};
  return { field, direction: '', ...given };
}

function annotatedTag(repository: Repository, tag: Tag, home: Home, target: () => unknown): Fields {
  const oid = tag.annotation?.oid ?? '';
  const { owner } = repository;
  const tagger = { name: owner, email: `${owner}@example.com`, login: owner };
  return {
    __typename: 'Tag',
    id: `TA_${oid}`,
    oid,
    abbreviatedOid: oid.slice(0, 7),
    commitUrl: commitPage(fullNameOf(repository), tag.commit),
    name: tag.name,
    message: tag.annotation?.message ?? null,
    tagger: () => actorFields(tagger, tag.annotation?.at ?? 0),
    repository: home,
    target,
  };
}
