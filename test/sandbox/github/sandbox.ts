import type { SandboxClock } from '../clock.ts';
import { createAccess } from './access.ts';
import { createApp } from './app.ts';
import { createBranches } from './branches.ts';
import { createCatalogue } from './catalogue.ts';
import type { Calls, GitHubSandbox } from './github-sandbox.ts';
import { createGraphQL } from './graphql.ts';
import { subsetSchema } from './graphql-subset.ts';
import { createHooks } from './hooks.ts';
import { createIds } from './ids.ts';
import { createLimits, freshBuckets } from './limits.ts';
import { createRepositories } from './repositories.ts';
import { createRest } from './rest.ts';

export type { GitHubSandbox } from './github-sandbox.ts';
export type { Repository } from './types.ts';

export interface GitHubOptions {
  /** The one user token that is good. */
  readonly token: string;
  /**
   * Text of GitHub's published GraphQL schema (@octokit/graphql-schema, schema.graphql), asked for
   * with the first query. Default: the part of it that the sandbox answers.
   */
  readonly schema?: () => Promise<string> | string;
}

/** GitHub without a repository; `handle` is api.github.com. */
export function createGitHub(
  clock: SandboxClock,
  { token, schema = () => subsetSchema }: GitHubOptions,
): {
  readonly sandbox: GitHubSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const now = () => clock.now();
  const ids = createIds();
  const calls: Calls = { graphql: 0, rest: 0, points: 0 };
  const limits = createLimits(now);
  const buckets = freshBuckets(5000);
  const app = createApp(now);
  const findCaller = createAccess(token, buckets, app);
  const repositories = createRepositories(ids, now);
  const hooks = createHooks(ids, now);
  const { emit } = hooks;
  const branches = createBranches({ repositories, ids, now, emit });
  const catalogue = createCatalogue({ repositories, branches, ids, now, emit });

  const sandbox: GitHubSandbox = {
    ...branches.verbs,
    ...catalogue,
    calls,
    limits: { ...buckets, perMinute: limits.perMinute },
    app,
    repository: (fullName) => repositories.get(fullName),
    repositories: repositories.list,
    rename(fullName: string, ...to: readonly [string, string?]) {
      const [first, second] = to;
      const { owner } = repositories.get(fullName);
      catalogue.rename(fullName, second === undefined ? owner : first, second ?? first);
    },
    slowDown({ times = 1, status = 403, retryAfterSeconds = 60 } = {}) {
      limits.slowDown(times, { status, retryAfterSeconds });
    },
    reachBy: (deliver) => hooks.reachBy(deliver),
    connectWebhook: async (fullName, url, secret, events) =>
      await hooks.connect(repositories.get(fullName), url, secret, events),
    deliveries: hooks.deliveries,
    redeliver: (id) => hooks.redeliver(id),
    settled: () => hooks.settled(),
  };

  const rest = createRest({ repositories, findCaller, app, limits, calls });
  const graphql = createGraphQL({ repositories, findCaller, limits, calls, schema });
  const handle = async (request: Request) => {
    const answer = await (new URL(request.url).pathname === '/graphql' ? graphql : rest)(request);
    answer.headers.set('date', new Date(now()).toUTCString());
    return answer;
  };
  return { sandbox, handle };
}
