import * as v from 'valibot';
import type { HeadRepository } from './types.ts';

/** An instant as GitHub writes it (ISO 8601), in epoch milliseconds. */
export const instantSchema = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.finite(),
);

/** What fragment `Repo` asks for. */
export const repositorySchema = v.object({
  id: v.string(),
  databaseId: v.number(),
  name: v.string(),
  owner: v.object({ login: v.string(), avatarUrl: v.string() }),
  isEmpty: v.boolean(),
  isPrivate: v.boolean(),
  isArchived: v.boolean(),
  isDisabled: v.boolean(),
});

/** What fragment `Home` asks for. */
export const homeSchema = v.object({
  nameWithOwner: v.string(),
  isPrivate: v.boolean(),
  isArchived: v.boolean(),
  defaultBranchRef: v.nullable(v.object({ name: v.string() })),
});

/** What fragment `Branch` asks for. */
export const branchSchema = v.object({
  id: v.string(),
  name: v.string(),
  target: v.nullable(v.object({ oid: v.string() })),
});

/** The repository in the client's terms. */
export function homeOf(row: v.InferOutput<typeof homeSchema>): HeadRepository {
  const { nameWithOwner, isPrivate, isArchived, defaultBranchRef } = row;
  const [owner = '', name = ''] = nameWithOwner.split('/');
  const defaultBranch = defaultBranchRef?.name ?? null;
  return { owner, name, isPrivate, isArchived, defaultBranch };
}

/**
 * The questions put to GitHub's GraphQL API. Names and ids of people's repositories are variables
 * only; where a query grows, it grows by numbered aliases.
 */

const REPOSITORY = `fragment Repo on Repository {
  id databaseId name owner { login avatarUrl } isEmpty isPrivate isArchived isDisabled
}`;

const BRANCH = 'fragment Branch on Ref { id name target { oid } }';

/** What a look at a branch needs to know of its repository, and nothing else: it is asked often. */
const HOME = `fragment Home on Repository {
  nameWithOwner isPrivate isArchived defaultBranchRef { name }
}`;

/** What is another when there is a new release or tag, or one has changed; nobody reads it. */
const MARK = `fragment Mark on Repository {
  releases(first: 10, orderBy: { field: CREATED_AT, direction: DESC }) {
    totalCount nodes { isPrerelease }
  }
  latestRelease { id }
  refs(refPrefix: "refs/tags/", first: 3, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
    totalCount nodes { target { oid } }
  }
}`;

/**
 * Where up to 100 refs stand, the marks of up to 100 repositories, by node ids, and the branches of
 * repositories that may fit `patterns` patterns.
 */
export function headsQuery(patterns: number): string {
  const variables = Array.from({ length: patterns }, (_, i) => `, $i${i}: ID!, $q${i}: String`);
  const asked = numbered(
    patterns,
    (i) => `p${i}: node(id: $i${i}) { ... on Repository { ...Home ...Fitting${i} } }`,
  );
  const fragments = numbered(patterns, (i) => fitting(`Fitting${i}`, `$q${i}`, null));
  return `query($refs: [ID!]!, $repositories: [ID!]!, $hasRefs: Boolean!, $hasRepositories: Boolean!${variables.join('')}) {
  rateLimit { remaining resetAt }
  refs: nodes(ids: $refs) @include(if: $hasRefs) {
    ... on Ref { name target { oid } repository { ...Home } }
  }
  repositories: nodes(ids: $repositories) @include(if: $hasRepositories) {
    ... on Repository { ...Mark }
  }
  ${asked}
}
${HOME} ${MARK} ${fragments}`;
}

/** A further page of the branches that may fit a pattern. */
export const FITTING = `query($id: ID!, $q: String, $after: String) {
  node(id: $id) { ... on Repository { ...Home ...Fitting } }
}
${HOME} ${fitting('Fitting', '$q', '$after')}`;

function fitting(name: string, query: string, after: string | null): string {
  const page = after === null ? '' : `, after: ${after}`;
  return `fragment ${name} on Repository {
  refs(refPrefix: "refs/heads/", query: ${query}, first: 100${page}) {
    nodes { ...${name}Branch } pageInfo { hasNextPage endCursor }
  }
}
fragment ${name}Branch on Ref { id name target { oid } }`;
}

/** Names of up to 100 branches, and of the default one. */
export const BRANCH_NAMES = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    refs(refPrefix: "refs/heads/", first: 100) { nodes { name } }
  }
}`;

const DETAILS = `fragment Details on Repository {
  ...Repo
  stargazerCount forkCount createdAt updatedAt description
  defaultBranchRef { ...Wanted }
}
fragment Wanted on Ref {
  id name target { oid ... on Commit { history(first: 1) { totalCount } } }
}
${REPOSITORY}`;

/** Everything about a repository, and of `count` candidates those that are branches of it. */
export function lookUpQuery(count: number): string {
  const refs = numbered(count, (i) => `b${i}: ref(qualifiedName: $b${i}) { ...Wanted }`);
  return `query($owner: String!, $name: String!${declared(count, ['b'])}) {
  repository(owner: $owner, name: $name) { ...Details ${refs} }
}
${DETAILS}`;
}

/** Everything about `count` repositories and their default branches. */
export function lookUpManyQuery(count: number): string {
  const asked = numbered(
    count,
    (i) => `r${i}: repository(owner: $o${i}, name: $n${i}) { ...Details }`,
  );
  return `query(${declared(count, ['o', 'n']).slice(2)}) {
  ${asked}
}
${DETAILS}`;
}

/** Branches by name; of each, whether its repository is named by node id or by owner and name. */
export function headsByNameQuery(named: readonly ('id' | 'name')[]): string {
  const body = named.map((by, i) => {
    const inside = `...Home ref(qualifiedName: $b${i}) { ...Branch }`;
    return by === 'id'
      ? `r${i}: node(id: $i${i}) { ... on Repository { ${inside} } }`
      : `r${i}: repository(owner: $o${i}, name: $n${i}) { ${inside} }`;
  });
  const variables = named.map((by, i) =>
    by === 'id'
      ? `$i${i}: ID!, $b${i}: String!`
      : `$o${i}: String!, $n${i}: String!, $b${i}: String!`,
  );
  return `query(${variables.join(', ')}) {
  ${body.join('\n  ')}
}
${BRANCH} ${HOME}`;
}

/** Of a page of releases and tags, which halves are asked for. */
interface PageParts {
  readonly releases: boolean;
  readonly tags: boolean;
}

/**
 * The newest commits of each of `histories` branches, and a page of releases and tags of
 * repositories. Whether a commit is a merge is asked only when somebody cares: each such answer
 * counts as a request of its own.
 */
export function newsQuery(
  histories: number,
  hasParents: boolean,
  pages: readonly PageParts[],
): string {
  const logs = numbered(
    histories,
    (i) => `r${i}: node(id: $i${i}) { ... on Repository {
    isPrivate ref(qualifiedName: $b${i}) { ...Log }
  } }`,
  );
  const lists = pages.map(({ releases, tags }, i) => {
    const parts = [
      ...(releases
        ? [
            `releases(first: $m${i}, after: $ra${i}, orderBy: { field: CREATED_AT, direction: DESC }) { ...Releases }`,
          ]
        : []),
      ...(tags
        ? [
            `tags: refs(refPrefix: "refs/tags/", first: $m${i}, after: $ta${i}, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) { ...Tags }`,
          ]
        : []),
    ];
    return `s${i}: node(id: $s${i}) { ... on Repository { isPrivate url ${parts.join(' ')} } }`;
  });
  const variables = [
    ...(histories > 0 ? ['$first: Int!'] : []),
    ...Array.from({ length: histories }, (_, i) => `$i${i}: ID!, $b${i}: String!`),
    ...pages.flatMap(({ releases, tags }, i) => [
      `$s${i}: ID!, $m${i}: Int!`,
      ...(releases ? [`$ra${i}: String`] : []),
      ...(tags ? [`$ta${i}: String`] : []),
    ]),
  ];
  const fragments = [
    ...(histories > 0 ? [logFragment(hasParents)] : []),
    ...(pages.some(({ releases }) => releases) ? [RELEASES] : []),
    ...(pages.some(({ tags }) => tags) ? [TAGS] : []),
  ];
  return `query(${variables.join(', ')}) {
  ${logs}
  ${lists.join('\n  ')}
}
${fragments.join('\n')}`;
}

function logFragment(hasParents: boolean): string {
  return `fragment Log on Ref {
  target { ... on Commit { history(first: $first) { totalCount nodes {
    oid message committedDate url author { name email user { login } }
    ${hasParents ? 'parents(first: 2) { totalCount }' : ''}
  } } } }
}`;
}

const RELEASES = `fragment Releases on ReleaseConnection {
  totalCount pageInfo { hasNextPage endCursor }
  nodes {
    id tagName name isDraft isPrerelease publishedAt createdAt url tagCommit { oid }
    shortDescriptionHTML(limit: 500)
  }
}`;

const TAGS = `fragment Tags on RefConnection {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { name target { ... on Commit { committedDate } ... on Tag { tagger { date } } } }
}`;

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n  ');
}

function declared(count: number, names: readonly string[]): string {
  return Array.from({ length: count }, (_, index) =>
    names.map((name) => `, $${name}${index}: String!`).join(''),
  ).join('');
}
