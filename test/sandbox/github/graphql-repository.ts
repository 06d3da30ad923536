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
    shortDescriptionHTML: ({ limit }: Arguments) => shortHtml(release.body, Number(limit ?? 200)),
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

/** The newest by the date of its commit, as GitHub has it. */
function latestOf({ releases }: Repository): Release | undefined {
  return byCreation(releases).find(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease);
}

/** GitHub orders by the date of the commit or draft, whenever a release was published. */
function byCreation(releases: readonly Release[]): readonly Release[] {
  return releases.toSorted((one, other) => other.createdAt - one.createdAt || other.id - one.id);
}

/** Markdown as GitHub renders it, as far as releases here use it: headings, lists, links' words. */
function shortHtml(markdown: string, limit: number): string {
  const lines = markdown.split('\n').map((line) => {
    const text = line
      .replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/`([^`]*)`/g, '<code>$1</code>');
    if (/^#+ /.test(line)) return `<h2>${text.replace(/^#+ /, '')}</h2>`;
    return /^[*-] /.test(line) ? `<ul><li>${text.slice(2)}</li></ul>` : `<p>${text}</p>`;
  });
  return lines.join('\n').slice(0, limit);
}

/** Newest first unless told. */
function inOrder(releases: readonly Release[], args: Arguments): readonly Release[] {
  const { field, direction } = orderIn(args, 'CREATED_AT');
  const rising =
    field === 'NAME'
      ? releases.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)))
      : byCreation(releases).toReversed();
  return direction === 'ASC' ? rising : rising.toReversed();
}

function nameOf({ title }: Release): string {
  return title ?? '';
}
