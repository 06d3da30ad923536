import { utf8 } from '../bytes.ts';
import { type Author, type Commit, fullNameOf, type Release, type Repository } from './types.ts';

/** The shapes of REST answers and webhook payloads, as far as somebody may read them. */

export const apiUrl = 'https://api.github.com';
export const webUrl = 'https://github.com';

/** ISO 8601 in whole seconds, as GitHub writes times. */
export function isoTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export function avatarOf(login: string): string {
  return `https://avatars.githubusercontent.com/u/${accountNumber(login)}?v=4`;
}

export function ownerJson(login: string): object {
  return {
    login,
    id: accountNumber(login),
    avatar_url: avatarOf(login),
    url: `${apiUrl}/users/${login}`,
    html_url: `${webUrl}/${login}`,
    type: 'User',
    site_admin: false,
  };
}

export function repositoryJson(repository: Repository): object {
  const { owner, name, isPrivate, stars, forks } = repository;
  const fullName = fullNameOf(repository);
  const url = `${apiUrl}/repos/${fullName}`;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name,
    full_name: fullName,
    private: isPrivate,
    visibility: isPrivate ? 'private' : 'public',
    owner: ownerJson(owner),
    html_url: `${webUrl}/${fullName}`,
    description: repository.description,
    fork: false,
    url,
    branches_url: `${url}/branches{/branch}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    git_url: `git://github.com/${fullName}.git`,
    ssh_url: `git@github.com:${fullName}.git`,
    clone_url: `${webUrl}/${fullName}.git`,
    homepage: null,
    language: null,
    license: null,
    topics: [],
    size: repository.commits.size,
    stargazers_count: stars,
    watchers_count: stars,
    forks_count: forks,
    open_issues_count: 0,
    archived: repository.isArchived,
    disabled: repository.isDisabled,
    default_branch: repository.defaultBranch,
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.updatedAt),
    pushed_at: isoTime(repository.pushedAt),
  };
}

export function commitJson(repository: Repository, commit: Commit): object {
  const { sha, message, author } = commit;
  const fullName = fullNameOf(repository);
  const url = `${apiUrl}/repos/${fullName}`;
  const person = { name: author.name, email: author.email, date: isoTime(commit.at) };
  const account = author.login === null ? null : ownerJson(author.login);
  return {
    sha,
    node_id: `C_${sha}`,
    commit: {
      author: person,
      committer: person,
      message,
      tree: { sha, url: `${url}/git/trees/${sha}` },
      url: `${url}/git/commits/${sha}`,
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null },
    },
    url: `${url}/commits/${sha}`,
    html_url: commitPage(fullName, sha),
    author: account,
    committer: account,
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${url}/commits/${parent}`,
      html_url: commitPage(fullName, parent),
    })),
  };
}

export function releaseJson(repository: Repository, release: Release): object {
  const fullName = fullNameOf(repository);
  return {
    id: release.id,
    node_id: release.nodeId,
    url: `${apiUrl}/repos/${fullName}/releases/${release.id}`,
    html_url: releasePage(fullName, release),
    tag_name: release.tag,
    target_commitish: repository.defaultBranch,
    name: release.title,
    body: release.body,
    draft: release.isDraft,
    prerelease: release.isPrerelease,
    created_at: isoTime(release.createdAt),
    published_at: release.publishedAt === null ? null : isoTime(release.publishedAt),
    author: ownerJson(repository.owner),
    assets: [],
  };
}

/** A commit as a push event has it. */
export function pushedCommitJson(repository: Repository, commit: Commit): object {
  const author = pushedBy(commit.author);
  return {
    id: commit.sha,
    tree_id: commit.sha,
    distinct: true,
    message: commit.message,
    timestamp: isoTime(commit.at),
    url: commitPage(fullNameOf(repository), commit.sha),
    author,
    committer: author,
    added: [],
    removed: [],
    modified: ['README.md'],
  };
}

export function commitPage(fullName: string, sha: string): string {
  return `${webUrl}/${fullName}/commit/${sha}`;
}

export function releasePage(fullName: string, release: Release): string {
  return `${webUrl}/${fullName}/releases/tag/${encodeURIComponent(release.tag)}`;
}

function pushedBy({ name, email, login }: Author): object {
  return { name, email, ...(login !== null && { username: login }) };
}

/** Some number of an account, the same whenever asked. */
export function accountNumber(login: string): number {
  return utf8(login.toLowerCase()).reduce((sum, byte) => (sum * 31 + byte) % 1e8, 7);
}
