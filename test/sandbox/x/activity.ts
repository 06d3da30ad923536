import { Hono } from 'hono';
import * as v from 'valibot';
import type { ActivityStore, ActivitySubscription, NewSubscription } from './activity-store.ts';
import { idSchema, readJson } from './body.ts';
import { eventTypes, privateScopeOf } from './event-types.ts';
import { type Caller, type Guard, lackingScopes, type XEnv } from './guard.ts';
import { forbidden, invalidRequest, notFound, reasoned, unknownWebhook } from './problems.ts';
import type { XContext } from './types.ts';
import type { Webhooks } from './webhooks.ts';

const tagSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const create = v.strictObject({
  event_type: v.picklist(eventTypes, 'is not an event type of this access level'),
  filter: v.pipe(
    v.strictObject({
      user_id: v.optional(idSchema),
      keyword: v.optional(v.pipe(v.string(), v.minLength(1))),
      direction: v.optional(v.picklist(['inbound', 'outbound'])),
    }),
    v.check(({ user_id }) => user_id !== undefined, 'user_id is required'),
  ),
  tag: v.optional(tagSchema),
  webhook_id: v.optional(idSchema),
});

const update = v.strictObject({ tag: v.optional(tagSchema), webhook_id: v.optional(idSchema) });

const page = v.strictObject({
  max_results: v.optional(
    v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.minValue(1), v.maxValue(1000)),
    '1000',
  ),
  pagination_token: v.optional(idSchema),
});

const anyone = { user: [], app: true } as const;
const appOnly = { app: true } as const;

/**
 * `/2/activity/subscriptions`: who wants to hear which events of whom (docs/platforms/x.md,
 * Activity).
 */
export function createActivity(
  context: XContext,
  store: ActivityStore,
  webhooks: Webhooks,
  guard: Guard,
): Hono<XEnv> {
  const { app } = context;
  const path = '/2/activity/subscriptions';
  const routes = new Hono<XEnv>();

  /** A private event is the user's own to give (docs/platforms/x.md, Activity). */
  function credentialProblem(caller: Caller, wanted: NewSubscription): Response | null {
    const scope = privateScopeOf(wanted.eventType);
    if (scope === null) return null;
    if (caller.kind === 'app') {
      return forbidden(`${wanted.eventType} requires an OAuth access token of the user.`);
    }
    if (app.subscribeWith !== 'any' && app.subscribeWith !== caller.kind) {
      return forbidden(`${wanted.eventType} requires another kind of user access token.`);
    }
    if (caller.userId !== wanted.filter.user_id) {
      return forbidden('The access token is not of the user in the filter.');
    }
    if (lackingScopes(caller.scopes, [scope, 'tweet.read']).length === 0) return null;
    return forbidden(`${wanted.eventType} requires the scopes ${scope} and tweet.read.`);
  }

  function wantedProblem(wanted: NewSubscription): Response | null {
    const { webhookId } = wanted;
    if (webhookId !== undefined && !webhooks.find(webhookId)) return unknownWebhook(webhookId);
    if (!context.user(wanted.filter.user_id ?? '')) {
      return invalidRequest('$.filter.user_id: is not a user');
    }
    if (store.twin(wanted)) {
      return reasoned(
        'DuplicateSubscription',
        'the subscription exists already.',
        app.duplicateStatus,
      );
    }
    if (store.list().length < app.subscriptionLimit) return null;
    return reasoned('SubscriptionLimitExceeded', `the limit is ${app.subscriptionLimit}.`);
  }

  routes.post(path, guard('subscribe', anyone), async (c) => {
    const read = await readJson(c.req.raw, create);
    if (!read.ok) return read.problem;
    const { event_type: eventType, filter, tag, webhook_id: webhookId } = read.value;
    const wanted = { eventType, filter, tag, webhookId };
    const problem = credentialProblem(c.get('caller'), wanted) ?? wantedProblem(wanted);
    if (problem) return problem;
    const wire = onWire(store.add(wanted));
    const meta = { total_subscriptions: store.list().length };
    switch (app.subscriptionAnswer) {
      case 'spec':
        return c.json({ data: { subscription: wire }, meta });
      case 'flat':
        return c.json({ data: wire, meta });
      case 'array':
        return c.json({ data: [wire], meta });
      case '204':
        return c.body(null, 204);
      default:
        return app.subscriptionAnswer satisfies never;
    }
  });

  routes.get(path, guard('subscriptions', anyone), (c) => {
    const parsed = v.safeParse(page, c.req.query());
    if (!parsed.success) return invalidRequest(`The query: ${parsed.issues[0].message}`);
    const caller = c.get('caller');
    const { max_results: size, pagination_token: after } = parsed.output;
    const own = store
      .list()
      .filter(({ filter }) => caller.kind === 'app' || filter.user_id === caller.userId);
    const rest = after === undefined ? own : own.filter(({ id }) => BigInt(id) > BigInt(after));
    const shown = rest.slice(0, size);
    const last = shown.at(-1);
    const next = last && rest.length > shown.length ? { next_token: last.id } : {};
    const meta = { result_count: shown.length, total_subscriptions: own.length, ...next };
    // An empty list has no `data` at all.
    return c.json(shown.length > 0 ? { data: shown.map(onWire), meta } : { meta });
  });

  routes.put(`${path}/:id`, guard('subscriptions', appOnly), async (c) => {
    const read = await readJson(c.req.raw, update);
    if (!read.ok) return read.problem;
    const one = store.find(c.req.param('id'));
    if (!one) return notFound('subscription', c.req.param('id'));
    const { tag, webhook_id: webhookId } = read.value;
    if (webhookId !== undefined && !webhooks.find(webhookId)) return unknownWebhook(webhookId);
    const changed = store.change(one, { tag, webhookId });
    const meta = { total_subscriptions: store.list().length };
    return c.json({ data: { subscription: onWire(changed) }, meta });
  });

  routes.delete(`${path}/:id`, guard('subscriptions', appOnly), (c) => {
    const id = c.req.param('id');
    if (store.remove((one) => one.id === id) === 0) return notFound('subscription', id);
    const meta = { total_subscriptions: store.list().length };
    return c.json({ data: { deleted: true }, meta });
  });

  routes.delete(path, guard('subscriptions', appOnly), (c) => {
    const ids = (c.req.query('ids') ?? '').split(',');
    if (ids.length > 100 || !ids.every((id) => v.is(idSchema, id))) {
      return invalidRequest('The `ids` query parameter: is not 1 to 100 ids');
    }
    const deleted = store.remove((one) => ids.includes(one.id)) > 0;
    const meta = { total_subscriptions: store.list().length };
    return c.json({ data: { deleted }, meta });
  });

  return routes;
}

function onWire(one: ActivitySubscription): object {
  return {
    subscription_id: one.id,
    event_type: one.eventType,
    filter: one.filter,
    tag: one.tag,
    webhook_id: one.webhookId,
    created_at: new Date(one.createdAt).toISOString(),
    updated_at: new Date(one.updatedAt).toISOString(),
  };
}
