import { Hono } from 'hono';
import type { Result } from '../../../lib/result.ts';
import { DAY_MS, MINUTE_MS } from '../../../lib/time.ts';
import { readAccount } from '../../../store/accounts.ts';
import { confirmPage } from '../../../ui/admin/confirm.tsx';
import { type Flash, goOn } from '../../../ui/admin/flash.ts';
import type { AdminContext, AdminEnv } from '../../../ui/admin/types.ts';
import {
  chooseEvents,
  type EnsuredSubscriptions,
  removeSubscription,
  subscriptions,
} from '../subscriptions.ts';
import { disconnect, setUp } from '../upkeep.ts';
import {
  ensureWebhook,
  type OwnWebhook,
  removeWebhook,
  replay,
  type WebhookFailure,
  webhooks,
} from '../webhook.ts';
import { twitterPage } from './page.tsx';
import { failed, questions, told } from './texts.ts';

const PAGE = '/admin/twitter';
/** X replays what is at least 10 minutes old (docs/platforms/x.md, Replay). */
const REPLAY_TO_MS = 11 * MINUTE_MS;

/** `/admin/twitter` and all that can be done there. What hurts is asked for by GET, done by POST. */
export function twitterRoutes(): Hono<AdminEnv> {
  const routes = new Hono<AdminEnv>();

  routes.get('/', twitterPage);

  routes.post('/setup', async (context) => {
    const done = await setUp(context.get('bot'));
    if (!done.ok) return goOn(context, PAGE, failed(done));
    const names = await namesOf(context, [...done.value.subscriptions.keys()]);
    const lines = [...done.value.subscriptions].flatMap(([id, result]) =>
      subscribed(names.get(id) ?? id, result),
    );
    return goOn(context, PAGE, webhookReady(done.value.webhook), ...lines);
  });

  routes.post('/webhook', async (context) => {
    const done = await ensureWebhook(context.get('bot'));
    return goOn(context, PAGE, done.ok ? webhookReady(done.value) : failed(done));
  });

  routes.get('/webhooks/:id{\\d{1,19}}/remove', async (context) => {
    const listed = await webhooks(context.get('bot'));
    if (!listed.ok) return goOn(context, PAGE, failed(listed));
    const webhook = listed.value.find(({ id }) => id === context.req.param('id'));
    if (!webhook) return gone(context);
    const values = { name: webhook.url };
    return confirmPage(context, { ...questions.removeWebhook, values, under: PAGE });
  });
  routes.post('/webhooks/:id{\\d{1,19}}/remove', async (context) => {
    const done = await removeWebhook(context.get('bot'), context.req.param('id'));
    return goOn(context, PAGE, done.ok ? told('webhook-removed') : failed(done));
  });

  routes.get('/replay', (context) => confirmPage(context, { ...questions.replay, under: PAGE }));
  routes.post('/replay', async (context) => {
    const ctx = context.get('bot');
    const now = ctx.runtime.now();
    const range = { fromMs: now - DAY_MS + MINUTE_MS, toMs: now - REPLAY_TO_MS };
    const done = await replay(ctx, range);
    return goOn(context, PAGE, done.ok ? told('replaying') : failed(done));
  });

  routes.post('/accounts/:id{\\d{1,19}}/events', async (context) => {
    const id = context.req.param('id');
    const name = (await namesOf(context, [id])).get(id);
    if (name === undefined) return gone(context);
    const form = context.get('form');
    const choice = { types: form.getAll('type'), usesAaa: form.has('aaa') };
    const done = await chooseEvents(context.get('bot'), id, choice);
    return goOn(context, PAGE, ...subscribed(name, done));
  });

  routes.get('/accounts/:id{\\d{1,19}}/disconnect', async (context) => {
    const id = context.req.param('id');
    const name = (await namesOf(context, [id])).get(id);
    if (name === undefined) return gone(context);
    return confirmPage(context, { ...questions.disconnect, values: { name }, under: PAGE });
  });
  routes.post('/accounts/:id{\\d{1,19}}/disconnect', async (context) => {
    const id = context.req.param('id');
    const name = (await namesOf(context, [id])).get(id);
    if (name === undefined) return gone(context);
    const { revokedAtX, subscriptionsRemoved } = await disconnect(context.get('bot'), id);
    const done = revokedAtX ? 'disconnected' : 'disconnected-here';
    return goOn(context, PAGE, told(done, { name, count: subscriptionsRemoved }));
  });

  routes.get('/subscriptions/:id{[\\w-]{1,64}}/remove', async (context) => {
    const listed = await subscriptions(context.get('bot'));
    if (!listed.ok) return goOn(context, PAGE, failed(listed));
    const found = listed.value.find(({ id }) => id === context.req.param('id'));
    if (!found) return gone(context);
    const values = { name: found.type };
    return confirmPage(context, { ...questions.removeSubscription, values, under: PAGE });
  });
  routes.post('/subscriptions/:id{[\\w-]{1,64}}/remove', async (context) => {
    const done = await removeSubscription(context.get('bot'), context.req.param('id'));
    return goOn(context, PAGE, done.ok ? told('subscription-removed') : failed(done));
  });

  return routes;
}

function gone(context: AdminContext): Response {
  return goOn(context, PAGE, { key: 'not-found' });
}

/** Usernames of accounts that are connected. */
async function namesOf(
  context: AdminContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { db } = context.get('bot');
  const accounts = await Promise.all(ids.map((id) => readAccount(db, 'twitter', id)));
  return new Map(accounts.flatMap((account) => (account ? [[account.id, account.username]] : [])));
}

function webhookReady({ valid, secret }: OwnWebhook): Flash {
  if (!valid) return told('webhook-invalid');
  const name = secret === 'client' ? 'TWITTER_CLIENT_SECRET' : 'TWITTER_API_SECRET';
  return told('webhook-ready', { secret: name });
}

function subscribed(name: string, done: Result<EnsuredSubscriptions, WebhookFailure>): Flash[] {
  if (!done.ok) return [failed(done)];
  const { created, existing, removed, failed: refused } = done.value;
  return [
    told('subscribed', { name, created, existing, removed }),
    ...refused.map(({ type, reason }) => told('subscription-failed', { type, reason })),
  ];
}
