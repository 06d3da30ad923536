import { connection } from './graphql-connection.ts';
import type { Arguments, Fields, Home } from './graphql-fields.ts';
import { history } from './history.ts';
import { accountNumber, avatarOf, commitPage, isoTime, webUrl } from './json.ts';
import { type Commit, fullNameOf, type Repository } from './types.ts';

/** The commit with an object id, or null. */
export function commitOf(repository: Repository, sha: string, home: Home): Fields | null {
  const commit = repository.commits.get(sha);
  return commit ? commitFields(repository, commit, home) : null;
}

export function commitFields(repository: Repository, commit: Commit, home: Home): Fields {
  const { sha, message, author, at } = commit;
  const [headline = '', ...body] = message.split('\n');
  const url = commitPage(fullNameOf(repository), sha);
  return {
    __typename: 'Commit',
    id: `C_${sha}`,
    oid: sha,
    abbreviatedOid: sha.slice(0, 7),
    url,
    commitUrl: url,
    message,
    // GitHub cuts what is longer, and goes on in the body.
    messageHeadline: headline.length > 72 ? `${headline.slice(0, 71)}…` : headline,
    messageBody: body.join('\n').trim(),
    committedDate: () => isoTime(at),
    authoredDate: () => isoTime(at),
    author: () => actorFields(author, at),
    committer: () => actorFields(author, at),
    repository: home,
    parents: (args: Arguments) =>
      connection(commit.parents, args, (parent) => commitOf(repository, parent, home) ?? {}),
    history: (args: Arguments) => {
      const since = timeIn(args['since'], 0);
      const until = timeIn(args['until'], Number.POSITIVE_INFINITY);
      const all = history(repository.commits, sha);
      const list = all.filter((one) => one.at >= since && one.at <= until);
      return connection(list, args, (one) => commitFields(repository, one, home));
    },
  };
}

export function actorFields({ name, email, login }: Commit['author'], at: number): Fields {
  return {
    name,
    email,
    date: isoTime(at),
    avatarUrl: avatarOf(login ?? name),
    user: login === null ? null : () => userFields(login),
  };
}

export function userFields(login: string): Fields {
  return {
    __typename: 'User',
    id: `U_${accountNumber(login)}`,
    databaseId: accountNumber(login),
    login,
    name: login,
    avatarUrl: avatarOf(login),
    url: `${webUrl}/${login}`,
  };
}

function timeIn(value: unknown, fallback: number): number {
  return typeof value === 'string' ? Date.parse(value) : fallback;
}
