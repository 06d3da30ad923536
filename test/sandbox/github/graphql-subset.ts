/**
 * The part of GitHub's published schema that the sandbox can answer, in its words: what queries
 * are checked against where the whole text (1.2 MB) is not at hand.
 */
export const subsetSchema = `
scalar DateTime
scalar GitObjectID
scalar GitTimestamp
scalar HTML
scalar URI
enum OrderDirection { ASC DESC }
enum RefOrderField { ALPHABETICAL TAG_COMMIT_DATE }
enum ReleaseOrderField { CREATED_AT NAME }
enum RepositoryVisibility { INTERNAL PRIVATE PUBLIC }
input RefOrder { direction: OrderDirection! field: RefOrderField! }
input ReleaseOrder { direction: OrderDirection! field: ReleaseOrderField! }
interface Node { id: ID! }
interface Actor { avatarUrl(size: Int): URI! login: String! url: URI! }
interface RepositoryOwner { avatarUrl(size: Int): URI! id: ID! login: String! url: URI! }
interface GitObject {
  abbreviatedOid: String! commitUrl: URI! id: ID! oid: GitObjectID! repository: Repository!
}
type Query {
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  rateLimit(dryRun: Boolean = false): RateLimit
  user(login: String!): User
  repository(followRenames: Boolean = true, name: String!, owner: String!): Repository
}
type RateLimit {
  cost: Int! limit: Int! nodeCount: Int! remaining: Int! resetAt: DateTime! used: Int!
}
type PageInfo {
  endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String
}
type User implements Actor & Node & RepositoryOwner {
  avatarUrl(size: Int): URI! databaseId: Int id: ID! login: String! name: String url: URI!
}
type Repository implements Node {
  createdAt: DateTime! databaseId: Int defaultBranchRef: Ref description: String forkCount: Int!
  homepageUrl: URI id: ID! isArchived: Boolean! isDisabled: Boolean! isEmpty: Boolean!
  isFork: Boolean! isLocked: Boolean! isPrivate: Boolean! latestRelease: Release name: String!
  nameWithOwner: String! object(expression: String, oid: GitObjectID): GitObject
  owner: RepositoryOwner! pushedAt: DateTime ref(qualifiedName: String!): Ref
  refs(after: String, before: String, direction: OrderDirection, first: Int, last: Int,
    orderBy: RefOrder, query: String, refPrefix: String!): RefConnection
  release(tagName: String!): Release
  releases(after: String, before: String, first: Int, last: Int,
    orderBy: ReleaseOrder): ReleaseConnection!
  stargazerCount: Int! updatedAt: DateTime! url: URI! visibility: RepositoryVisibility!
}
type Ref implements Node {
  id: ID! name: String! prefix: String! repository: Repository! target: GitObject
}
type RefEdge { cursor: String! node: Ref }
type RefConnection { edges: [RefEdge] nodes: [Ref] pageInfo: PageInfo! totalCount: Int! }
type GitActor {
  avatarUrl(size: Int): URI! date: GitTimestamp email: String name: String user: User
}
type Commit implements GitObject & Node {
  abbreviatedOid: String! author: GitActor authoredDate: DateTime! commitUrl: URI!
  committedDate: DateTime! committer: GitActor
  history(after: String, before: String, first: Int, last: Int, since: GitTimestamp,
    until: GitTimestamp): CommitHistoryConnection!
  id: ID! message: String! messageBody: String! messageHeadline: String! oid: GitObjectID!
  parents(after: String, before: String, first: Int, last: Int): CommitConnection!
  repository: Repository! url: URI!
}
type CommitConnection {
  edges: [CommitEdge] nodes: [Commit] pageInfo: PageInfo! totalCount: Int!
}
type CommitEdge { cursor: String! node: Commit }
type CommitHistoryConnection {
  edges: [CommitEdge] nodes: [Commit] pageInfo: PageInfo! totalCount: Int!
}
type Tag implements GitObject & Node {
  abbreviatedOid: String! commitUrl: URI! id: ID! message: String name: String!
  oid: GitObjectID! repository: Repository! tagger: GitActor target: GitObject!
}
type Release implements Node {
  author: User createdAt: DateTime! databaseId: Int description: String id: ID!
  isDraft: Boolean! isLatest: Boolean! isPrerelease: Boolean! name: String
  publishedAt: DateTime repository: Repository! shortDescriptionHTML(limit: Int = 200): HTML tag: Ref tagCommit: Commit tagName: String!
  updatedAt: DateTime! url: URI!
}
type ReleaseEdge { cursor: String! node: Release }
type ReleaseConnection {
  edges: [ReleaseEdge] nodes: [Release] pageInfo: PageInfo! totalCount: Int!
}
`;
