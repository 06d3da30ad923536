import { commitFields, commitOf, userFields } from './graphql-commits.ts';
import { connection } from './graphql-connection.ts';
import type { Arguments, Fields, Home } from './graphql-fields.ts';
import { branchFields, orderIn, refFields, refsOf, tagRefFields } from './graphql-refs.ts';
import { resolveCommit } from './history.ts';
import { isoTime, releasePage, webUrl } from './json.ts';
import { fullNameOf, type NodeObject, type Release, type Repository } from './types.ts';

/** The object behind a node id. */
export function nodeFields(node: NodeObject): Fields {
  const { kind, repository } = node;
  const home = () => repositoryFields(repository);
  if (kind === 'repository') return home();
  if (kind === 'branch') return branchFields(repository, node.branch, home);
  return kind === 'tag'
    ? tagRefFields(repository, node.tag, home)
    : releaseFields(repository, node.release, home);
}

export function repositoryFields(repository: Repository): Fields {
  const fullName = fullNameOf(repository);
  const home = () => repositoryFields(repository);
  const published = () => repository.releases.filter(({ isDraft }) => !isDraft);
  const one = (release: Release | undefined) =>
    release ? releaseFields(repository, release, home) : null;
  return {
    __typename: 'Repository',
    id: repository.nodeId,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: fullName,
    owner: () => userFields(repository.owner),
    isPrivate: repository.isPrivate,
    isEmpty: repository.branches.size === 0,
    isDisabled: repository.isDisabled,
    isArchived: repository.isArchived,
    isLocked: false,
    isFork: false,
    visibility: repository.isPrivate ? 'PRIVATE' : 'PUBLIC',
    stargazerCount: repository.stars,
    forkCount: repository.forks,
    description: repository.description,
    homepageUrl: null,
    url: `${webUrl}/${fullName}`,
    createdAt: () => isoTime(repository.createdAt),
    updatedAt: () => isoTime(repository.updatedAt),
    pushedAt: () => isoTime(repository.pushedAt),
    defaultBranchRef: () => refFields(repository, `refs/heads/${repository.defaultBranch}`, home),
    ref: (args: Arguments) => refFields(repository, String(args['qualifiedName']), home),
    refs: (args: Arguments) => refsOf(repository, args, home),
    releases: (args: Arguments) =>
      connection(inOrder(published(), args), args, (release) =>
        releaseFields(repository, release, home),
      ),
    release: ({ tagName }: Arguments) => one(published().find(({ tag }) => tag === tagName)),
    latestRelease: () => one(latestOf(repository)),
    object: ({ oid, expression }: Arguments) => {
      const commit = resolveCommit(repository, String(oid ?? expression));
      return commit ? commitFields(repository, commit, home) : null;
    },
  };
}

function releaseFields(repository: Repository, release: Release, home: Home): Fields {
  const { publishedAt, tag } = release;
  return {
    __typename: 'Release',
    id: release.nodeId,
    databaseId: release.id,
    tagName: tag,
    name: release.title,
    description: release.body,
    isDraft: release.isDraft,
    isPrerelease: release.isPrerelease,
    isLatest: () => latestOf(repository) === release,
    createdAt: isoTime(release.createdAt),
    publishedAt: publishedAt === null ? null : isoTime(publishedAt),
    updatedAt: isoTime(publishedAt ?? release.createdAt),
    url: releasePage(fullNameOf(repository), release),
    author: () => userFields(repository.owner),
    repository: home,
    tag: () => refFields(repository, `refs/tags/${tag}`, home),
    tagCommit: () => commitOf(repository, repository.tags.get(tag)?.commit ?? '', home),
  };
}

function latestOf({ releases }: Repository): Release | undefined {
  return releases.find(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease);
}

/** Newest first unless told. */
function inOrder(newestFirst: readonly Release[], args: Arguments): readonly Release[] {
  const { field, direction } = orderIn(args, 'CREATED_AT');
  const rising =
    field === 'NAME'
      ? newestFirst.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)))
      : newestFirst.toReversed();
  return direction === 'ASC' ? rising : rising.toReversed();
}

function nameOf({ title }: Release): string {
  return title ?? '';
}
