import { Hono } from 'hono';
import type { createAccountActivity } from './account-activity.ts';
import { createActivity } from './activity.ts';
import type { ActivityStore } from './activity-store.ts';
import { createAppOnly } from './app-only.ts';
import { type Consent, createConsent } from './consent.ts';
import type { Grants } from './grants.ts';
import type { Guard, OnRefusal } from './guard.ts';
import { createMediaRoutes } from './media.ts';
import type { MediaStore } from './media-store.ts';
import type { createMessages } from './messages.ts';
import type { OAuth1Verifier } from './oauth1.ts';
import { createOAuth1Login } from './oauth1-login.ts';
import { type Codes, createOAuth2Authorize } from './oauth2-authorize.ts';
import { createOAuth2Tokens } from './oauth2-tokens.ts';
import type { Outbox } from './outbox.ts';
import type { createPosts } from './posts.ts';
import { noSuchRoute } from './problems.ts';
import { createReplays } from './replays.ts';
import type { RequestTokens } from './request-tokens.ts';
import { createReading } from './timeline.ts';
import type { XContext } from './types.ts';
import type { Webhooks } from './webhooks.ts';

export interface XParts {
  readonly context: XContext;
  readonly guard: Guard;
  readonly grants: Grants;
  readonly requestTokens: RequestTokens;
  readonly verifyOAuth1: OAuth1Verifier;
  readonly onRefusal: OnRefusal;
  readonly media: MediaStore;
  readonly posts: ReturnType<typeof createPosts>;
  readonly messages: ReturnType<typeof createMessages>;
  readonly webhooks: Webhooks;
  readonly outbox: Outbox;
  readonly activity: ActivityStore;
  readonly accountActivity: ReturnType<typeof createAccountActivity>;
}

type Host = (request: Request) => Promise<Response>;

/** What people see at x.com, and the codes they give there. */
export function createWebHost({ context, onRefusal }: XParts): {
  readonly web: Host;
  readonly consent: Consent;
  readonly codes: Codes;
} {
  const consent = createConsent(context);
  const { routes, codes } = createOAuth2Authorize(context, consent, onRefusal);
  routes.notFound(noSuchRoute);
  return { web: async (request) => await routes.fetch(request), consent, codes };
}

/** Everything at api.x.com. */
export function createApiHost(parts: XParts, consent: Consent, codes: Codes): Host {
  const { context, guard, grants, onRefusal, posts, webhooks } = parts;
  const { requestTokens, verifyOAuth1: verify } = parts;
  const app = new Hono()
    .route('/', posts.routes)
    .route('/', createReading(context, posts.timeline, guard).routes)
    .route('/', createMediaRoutes(parts.media, context.now, guard))
    .route('/', parts.messages.routes)
    .route('/', createReplays(context, webhooks, parts.outbox, guard))
    .route('/', webhooks.routes)
    .route('/', createActivity(context, parts.activity, webhooks, guard))
    .route('/', parts.accountActivity.routes)
    .route('/', createOAuth1Login({ context, grants, requestTokens, consent, verify, onRefusal }))
    .route('/', createOAuth2Tokens({ context, grants, codes, onRefusal }))
    .route('/', createAppOnly(grants, onRefusal));
  app.notFound(noSuchRoute);
  return async (request) => await app.fetch(request);
}
