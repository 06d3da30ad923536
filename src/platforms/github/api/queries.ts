/**
 * The questions put to GitHub's GraphQL API. Names and ids of people's repositories are variables
 * only; where a query grows, it grows by numbered aliases.
 */

const REPOSITORY = `fragment Repo on Repository {
  id databaseId name owner { login avatarUrl } isEmpty isPrivate isArchived isDisabled pushedAt
}`;

const BRANCH = 'fragment Branch on Ref { id name target { oid } }';

const NEWS = `fragment News on Repository {
  url
  releases(first: 10, orderBy: { field: CREATED_AT, direction: DESC }) {
    nodes { id tagName name isDraft isPrerelease publishedAt createdAt url }
  }
  tags: refs(refPrefix: "refs/tags/", first: 10, orderBy: { field: TAG_COMMIT_DATE, direction: DESC }) {
    nodes { name target { ... on Commit { committedDate } ... on Tag { tagger { date } } } }
  }
}`;

/** Where up to 100 refs stand, and the news of up to 100 repositories, by node ids. */
export const HEADS = `query($refs: [ID!]!, $repositories: [ID!]!, $hasRefs: Boolean!, $hasRepositories: Boolean!) {
  rateLimit { remaining resetAt }
  refs: nodes(ids: $refs) @include(if: $hasRefs) {
    ... on Ref { ...Branch repository { ...Repo } }
  }
  repositories: nodes(ids: $repositories) @include(if: $hasRepositories) {
    ... on Repository { id isPrivate ...News }
  }
}
${BRANCH} ${REPOSITORY} ${NEWS}`;

/** Names of up to 100 branches, and of the default one. */
export const BRANCH_NAMES = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    refs(refPrefix: "refs/heads/", first: 100) { nodes { name } }
  }
}`;

/** Everything about a repository, and of `count` candidates those that are branches of it. */
export function lookUpQuery(count: number): string {
  const refs = numbered(count, (i) => `b${i}: ref(qualifiedName: $b${i}) { ...Branch }`);
  return `query($owner: String!, $name: String!${declared(count, ['b'])}) {
  repository(owner: $owner, name: $name) {
    ...Repo ...News
    stargazerCount forkCount createdAt updatedAt description
    defaultBranchRef { ...Branch }
    ${refs}
  }
}
${BRANCH} ${REPOSITORY} ${NEWS}`;
}

/** Branches by name; of each, whether its repository is named by node id or by owner and name. */
export function headsByNameQuery(named: readonly ('id' | 'name')[]): string {
  const body = named.map((by, i) => {
    const inside = `...Repo ref(qualifiedName: $b${i}) { ...Branch }`;
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
${BRANCH} ${REPOSITORY}`;
}

/** The newest 20 commits of each of `count` branches. */
export function historiesQuery(count: number): string {
  const body = numbered(
    count,
    (i) =>
      `r${i}: repository(owner: $o${i}, name: $n${i}) { ref(qualifiedName: $b${i}) { ...Log } }`,
  );
  return `query($first: Int!${declared(count, ['o', 'n', 'b'])}) {
  ${body}
}
fragment Log on Ref {
  target { ... on Commit { history(first: $first) { totalCount nodes {
    oid messageHeadline committedDate url author { name email }
  } } } }
}`;
}

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n  ');
}

function declared(count: number, names: readonly string[]): string {
  return Array.from({ length: count }, (_, index) =>
    names.map((name) => `, $${name}${index}: String!`).join(''),
  ).join('');
}
