import type { SandboxClock } from '../clock.ts';
import { sandboxSecrets } from '../secrets.ts';
import { createAccountActivity } from './account-activity.ts';
import { createActivityStore } from './activity-store.ts';
import { freshApp } from './app-settings.ts';
import { createEnvelopes } from './envelopes.ts';
import { createFeed } from './feed.ts';
import { createGrants } from './grants.ts';
import { createGuard } from './guard.ts';
import { createGauges, publishedLimits } from './limits.ts';
import { createMediaStore } from './media-store.ts';
import { createMessages } from './messages.ts';
import { createOAuth1Verifier } from './oauth1.ts';
import { createOutbox } from './outbox.ts';
import { createPosts } from './posts.ts';
import { createRequestTokens } from './request-tokens.ts';
import { createApiHost, createWebHost } from './routes.ts';
import { scopesOf } from './scopes.ts';
import { createSnowflakes } from './snowflake.ts';
import type { Account, Message, Person, XContext } from './types.ts';
import { createWebhook } from './webhook.ts';
import { createWebhooks } from './webhooks.ts';
import type { Refusal, XSandbox } from './x-sandbox.ts';

export type { Refusal, SayOptions, XSandbox } from './x-sandbox.ts';

type Host = (request: Request) => Promise<Response>;

/** X with its two hosts: `handle` is api.x.com, `handleWeb` x.com. */
export function createX(clock: SandboxClock): {
  readonly sandbox: XSandbox;
  readonly handle: Host;
  readonly handleWeb: Host;
} {
  const now = () => clock.now();
  const app = freshApp();
  const bot = { id: '1700000000000000001', name: '소식', username: 'soshik_bot' };
  const second = { id: '1700000000000000009', name: '두번째', username: 'second_bot' };
  const accounts: Account[] = [bot, second];
  const people: Person[] = [
    { id: '1700000000000000101', name: '하나', username: 'hana_reads', language: 'ko' },
    { id: '1700000000000000102', name: 'Sam', username: 'sam_reads', language: 'en' },
  ];
  const user = (id: string) => [...accounts, ...people].find((one) => one.id === id);
  const context: XContext = {
    now,
    nextId: createSnowflakes(now),
    app,
    bot,
    accounts,
    people,
    user,
  };
  const limits = publishedLimits();
  const refusals: Refusal[] = [];
  const onRefusal = (request: Request, reason: string) =>
    void refusals.push({ at: now(), request: `${request.method} ${request.url}`, reason });
  const grants = createGrants(context);
  const requestTokens = createRequestTokens(now);
  const verifyOAuth1 = createOAuth1Verifier({
    consumerKey: sandboxSecrets.TWITTER_API_KEY,
    consumerSecret: sandboxSecrets.TWITTER_API_SECRET,
    secretOf: (token) => grants.findOAuth1(token)?.secret ?? requestTokens.secretOf(token),
    now,
  });
  const countCall = createGauges(now, limits);
  const guard = createGuard({ app, grants, verifyOAuth1, countCall, onRefusal });
  const webhook = createWebhook(
    { client: sandboxSecrets.TWITTER_CLIENT_SECRET, consumer: sandboxSecrets.TWITTER_API_SECRET },
    app,
    now,
  );
  const activity = createActivityStore(context);
  const webhooks = createWebhooks(context, webhook, guard, (id) => {
    activity.remove(({ webhookId }) => webhookId === id);
    accountActivity.remove(({ webhookId }) => webhookId === id);
  });
  const accountActivity = createAccountActivity(context, webhooks, guard);
  const outbox = createOutbox(context, webhook, webhooks);
  const envelopes = createEnvelopes(context);
  const feed = createFeed({ context, envelopes, activity, accountActivity, outbox });
  const media = createMediaStore(context);
  const posts = createPosts(context, media, guard);
  const messages = createMessages(context, media, guard, (message) => {
    if (app.requireSubscriptions) outbox.background(feed.message(message, 'xaa'));
  });

  function write(userId: string, text: string, to = bot.id): Message {
    const unknown = [userId, to].find((id) => !user(id));
    if (unknown !== undefined) throw new Error(`The sandbox has no user ${unknown}.`);
    return messages.store({ from: userId, to, text });
  }

  const deliver: XSandbox['deliver'] = async (payload, options) => {
    const url = webhook.connectedUrl();
    if (url !== null) return await webhook.send(url, payload, options);
    const answers = webhooks.list().map(({ id }) => outbox.send(id, payload, options));
    return (await Promise.all(answers)).flat();
  };

  const sandbox: XSandbox = {
    app,
    bot,
    accounts,
    people,
    limits,
    media: media.settings,
    refusals,
    timeline: posts.timeline,
    conversation: messages.conversation,
    block: messages.block,
    unblock: messages.unblock,
    reachBy: webhook.reachBy,
    connect: webhook.connect,
    write,
    async say(userId, text, { envelope = 'xaa', to, ...options } = {}) {
      const message = write(userId, text, to);
      if (app.requireSubscriptions) return await feed.message(message, envelope, options);
      const url = webhook.connectedUrl();
      if (url === null) return [];
      return await webhook.send(url, envelopes.message(envelope, message), options);
    },
    async sayEncrypted(userId, { to = bot.id, ...options } = {}) {
      if (!app.requireSubscriptions) {
        return await deliver(envelopes.encrypted(userId, to), options);
      }
      const payload = envelopes.encryptedPayload(context.nextId(), userId, to);
      const sent = await feed.emit('chat.sent', userId, payload, options);
      return [...sent, ...(await feed.emit('chat.received', to, payload, options))];
    },
    emit: feed.emit,
    envelope: envelopes.message,
    encryptedEnvelope: envelopes.encrypted,
    deliver,
    settled: outbox.settled,
    sign: webhook.sign,
    webhooks: webhooks.list,
    subscriptions: activity.list,
    accountSubscriptions: accountActivity.list,
    checkWebhooks: webhooks.checkAll,
    issueOAuth1: (userId, permission = app.permission) => grants.issueOAuth1(userId, permission),
    issueOAuth2: (userId, scopes = [...scopesOf('messages'), 'offline.access']) =>
      grants.issueOAuth2(userId, scopes),
    async revoke(userId, options) {
      grants.dropUser(userId);
      return await feed.revoked(userId, options);
    },
  };

  const parts = {
    context,
    guard,
    grants,
    requestTokens,
    verifyOAuth1,
    onRefusal,
    media,
    posts,
    messages,
    webhooks,
    outbox,
    activity,
    accountActivity,
  };
  const { consent, codes, web } = createWebHost(parts);
  const api = createApiHost(parts, consent, codes);
  return { sandbox, handle: dated(api, now), handleWeb: dated(web, now) };
}

/** Answers carry the world's time, by which a client may set its clock (RFC 9110 section 6.6.1). */
function dated(host: Host, now: () => number): Host {
  return async (request) => {
    const response = await host(request);
    const answer = new Response(response.body, response);
    answer.headers.set('date', new Date(now()).toUTCString());
    return answer;
  };
}
