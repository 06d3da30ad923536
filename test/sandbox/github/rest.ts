import { sha256Hex } from '../../../src/lib/encoding.ts';
import type { Caller, FindCaller } from './access.ts';
import type { Apps } from './app.ts';
import type { Calls } from './github-sandbox.ts';
import { apiUrl, isoTime, repositoryJson } from './json.ts';
import { type Bucket, type Limits, limitHeaders } from './limits.ts';
import type { Manifests } from './manifests.ts';
import { paged } from './pages.ts';
import { notFound, noUserAgent, primaryLimit, problem, secondaryLimit } from './problems.ts';
import type { Repositories } from './repositories.ts';
import { answerRepository } from './rest-repository.ts';
import { fullNameOf, type Repository } from './types.ts';

export interface RestOptions {
  readonly repositories: Repositories;
  readonly findCaller: FindCaller;
  readonly apps: Apps;
  readonly manifests: Manifests;
  readonly limits: Limits;
  readonly calls: Calls;
}

const versions = ['2022-11-28', '2026-03-10'] as const;

/** The REST API as far as the bot needs it (docs/platforms/github.md). */
export function createRest(options: RestOptions): (request: Request) => Promise<Response> {
  const { repositories, findCaller, apps, manifests, limits, calls } = options;

  /** What a path stands for; null when it names no repository. */
  function route(request: Request, caller: Caller): Response {
    const { pathname, search } = new URL(request.url);
    const [kind, ...segments] = pathname.slice(1).split('/').map(decoded);
    const isStars = kind === 'users' && segments.length === 2 && segments[1] === 'starred';
    if (request.method === 'GET' && isStars) return stars(request, caller, segments[0] ?? '');
    const isByName = kind === 'repos';
    if (request.method !== 'GET' || (!isByName && kind !== 'repositories')) return notFound();
    const taken = isByName ? 2 : 1;
    const asked = segments.slice(0, taken).join('/');
    const repository = isByName ? repositories.find(asked) : repositories.byId(Number(asked));
    if (!repository || !caller.canSee(repository)) return notFound();
    if (isByName && fullNameOf(repository).toLowerCase() !== asked.toLowerCase()) {
      const rest = pathname
        .split('/')
        .slice(4)
        .map((segment) => `/${segment}`);
      const url = `${apiUrl}/repositories/${repository.id}${rest.join('')}${search}`;
      return problem(301, 'Moved Permanently', { location: url });
    }
    return conditionOf(repository) ?? answerRepository(repository, segments.slice(taken), request);
  }

  /** `GET /users/{login}/starred`: in the order of the stars, or of the last pushes. */
  function stars(request: Request, caller: Caller, login: string): Response {
    const starred = repositories.starredBy(login);
    if (starred === null) return notFound();
    const { searchParams } = new URL(request.url);
    const seen = starred.filter(({ repository }) => caller.canSee(repository));
    const isByUpdate = searchParams.get('sort') === 'updated';
    const newestFirst = isByUpdate
      ? seen.toSorted((one, other) => other.repository.pushedAt - one.repository.pushedAt)
      : seen;
    const isRising = searchParams.get('direction') === 'asc';
    const hasTimes = /vnd\.github(?:\.v3)?\.star\+json/.test(request.headers.get('accept') ?? '');
    return paged(
      request,
      isRising ? newestFirst.toReversed() : newestFirst,
      ({ repository, at }) =>
        hasTimes
          ? { starred_at: isoTime(at), repo: repositoryJson(repository) }
          : repositoryJson(repository),
    );
  }

  async function counted(request: Request, caller: Caller, bucket: Bucket): Promise<Response> {
    if (bucket.remaining <= 0) return problem(403, primaryLimit);
    bucket.remaining -= 1;
    const tagged = await withEtag(request, route(request, caller));
    // An unchanged answer is free for those who show who they are (section 3).
    if (tagged.status === 304 && caller.kind !== 'anonymous') bucket.remaining += 1;
    return tagged;
  }

  return async (request) => {
    if (!request.headers.get('user-agent')) return noUserAgent();
    calls.rest += 1;
    const { pathname } = new URL(request.url);
    const installation = /^\/app\/installations\/(\d+)\/access_tokens$/.exec(pathname)?.[1];
    if (installation !== undefined && request.method === 'POST') {
      return await apps.createToken(request, installation);
    }
    if (pathname === '/app/installations' && request.method === 'GET') {
      return await apps.list(request);
    }
    const code = /^\/app-manifests\/([^/]+)\/conversions$/.exec(pathname)?.[1];
    if (code !== undefined && request.method === 'POST') return await manifests.convert(code);
    const caller = findCaller(request);
    if (!caller) return problem(401, 'Bad credentials');
    const version = request.headers.get('x-github-api-version') ?? versions[0];
    if (!versions.some((known) => known === version)) {
      return problem(400, `${version} is not a supported version.`);
    }
    const slow = limits.tooFast(caller.name, 'rest');
    if (slow) {
      const wait = slow.retryAfterSeconds;
      const headers: Record<string, string> = wait === null ? {} : { 'retry-after': String(wait) };
      return problem(slow.status === 200 ? 403 : slow.status, secondaryLimit, headers);
    }
    const bucket = limits.open(caller.buckets.core);
    const answer =
      pathname === '/rate_limit'
        ? rateLimit(caller, limits, version)
        : await counted(request, caller, bucket);
    for (const [name, value] of Object.entries(limitHeaders('core', bucket))) {
      answer.headers.set(name, value);
    }
    return answer;
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

function conditionOf({ condition }: Repository): Response | null {
  if (condition === 'blocked') return problem(403, 'Repository access blocked');
  return condition === 'broken' ? problem(500, 'Server Error') : null;
}

/** The tag depends on the token, as on GitHub. */
async function withEtag(request: Request, answer: Response): Promise<Response> {
  if (answer.status !== 200) return answer;
  const body = new TextDecoder().decode(await answer.arrayBuffer());
  const credential = request.headers.get('authorization') ?? '';
  const etag = answer.headers.get('etag') ?? `W/"${await sha256Hex(`${credential}\n${body}`)}"`;
  const headers = new Headers(answer.headers);
  headers.set('etag', etag);
  const isKnown = request.headers.get('if-none-match') === etag;
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

function rateLimit({ buckets }: Caller, limits: Limits, version: string): Response {
  const of = (bucket: Bucket) => {
    const { limit, remaining, resetAt } = limits.open(bucket);
    return { limit, remaining, used: limit - remaining, reset: resetAt / 1000 };
  };
  const core = of(buckets.core);
  const resources = { core, graphql: of(buckets.graphql) };
  return Response.json({ resources, ...(version === versions[0] && { rate: core }) });
}
