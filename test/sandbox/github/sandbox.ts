import type { SandboxClock } from '../clock.ts';
import { createAccess } from './access.ts';
import { createApps } from './app.ts';
import { createBranches } from './branches.ts';
import { createCatalogue } from './catalogue.ts';
import type { Calls, GitHubSandbox } from './github-sandbox.ts';
import { createGraphQL } from './graphql.ts';
import { subsetSchema } from './graphql-subset.ts';
import { createHooks } from './hooks.ts';
import { createIds } from './ids.ts';
import { createLimits, freshBuckets } from './limits.ts';
import { createManifests } from './manifests.ts';
import { createRepositories } from './repositories.ts';
import { createRest } from './rest.ts';
import type { Repository } from './types.ts';

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

/** GitHub without a repository; `handle` is api.github.com, `handleWeb` github.com. */
export function createGitHub(
  clock: SandboxClock,
  { token, schema = () => subsetSchema }: GitHubOptions,
): {
  readonly sandbox: GitHubSandbox;
  readonly handle: (request: Request) => Promise<Response>;
  readonly handleWeb: (request: Request) => Promise<Response>;
} {
  const now = () => clock.now();
  const ids = createIds();
  const calls: Calls = { graphql: 0, rest: 0, points: 0 };
  const limits = createLimits(now);
  const buckets = freshBuckets(5000);
  const apps = createApps(now);
  const app = apps.add({
    id: '424242',
    clientId: 'Iv1.sandboxclientid',
    name: 'by hand',
    hook: null,
    setupUrl: null,
  });
  apps.install(app, 'hana', []);
  const repositories = createRepositories(ids, now);
  const findCaller = createAccess(token, buckets, apps, repositories.find);
  const hooksOfApps = (repository: Repository) =>
    apps.apps.flatMap(({ id, hook, installations }) => {
      const isInstalled = installations.some(
        (one) =>
          !one.isSuspended &&
          one.repositories.some((name) => repositories.find(name) === repository),
      );
      return hook === null || !isInstalled
        ? []
        : [{ id: Number(id), repositoryId: repository.id, ...hook }];
    });
  const hooks = createHooks(ids, now, hooksOfApps);
  const { emit } = hooks;
  const manifests = createManifests({ apps, repositories, now });
  const branches = createBranches({ repositories, ids, now, emit });
  const catalogue = createCatalogue({ repositories, branches, ids, now, emit });

  const sandbox: GitHubSandbox = {
    ...branches.verbs,
    ...catalogue,
    calls,
    limits: { ...buckets, perMinute: limits.perMinute },
    app,
    apps: apps.apps,
    install: (one, account, names) => apps.install(one, account, names),
    removeApp: (one) => apps.remove(one),
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

  const rest = createRest({ repositories, findCaller, apps, manifests, limits, calls });
  const graphql = createGraphQL({ repositories, findCaller, limits, calls, schema });
  const handle = async (request: Request) => {
    const answer = await (new URL(request.url).pathname === '/graphql' ? graphql : rest)(request);
    answer.headers.set('date', new Date(now()).toUTCString());
    return answer;
  };
  return { sandbox, handle, handleWeb: (request) => manifests.handleWeb(request) };
}
