import * as v from 'valibot';
import type { TwitterResult } from './answer.ts';
import { reasonReader } from './answer.ts';
import { idSchema } from './ids.ts';

export interface CreatedSubscription {
  /** Null when X told none: find it in the list. */
  readonly id: string | null;
}

export interface ActivitySubscription {
  readonly id: string;
  readonly eventType: string;
  readonly userId: string | null;
  readonly webhookId: string | null;
  readonly tag: string | null;
}

/** What became of each id. */
export interface DeletedSubscriptions {
  readonly deleted: readonly string[];
  readonly failed: readonly { readonly id: string; readonly detail: string }[];
}

/**
 * - `limit`: the app's subscriptions are used up
 * - `not-found`: there is no subscription with this id
 *
 * `duplicate` (one of the general reasons) says that the account has this subscription already.
 */
export type SubscriptionFailureReason = 'limit' | 'not-found';

export type SubscriptionResult<Value> = TwitterResult<Value, SubscriptionFailureReason>;

const withId = v.object({ subscription_id: idSchema });
/** X has answered in all of these shapes. */
export const createdSchema = v.union([
  v.pipe(
    v.object({ data: v.object({ subscription: withId }) }),
    v.transform((body): CreatedSubscription => ({ id: body.data.subscription.subscription_id })),
  ),
  v.pipe(
    v.object({ data: withId }),
    v.transform((body): CreatedSubscription => ({ id: body.data.subscription_id })),
  ),
  v.pipe(
    v.object({ data: v.looseTuple([withId]) }),
    v.transform((body): CreatedSubscription => ({ id: body.data[0].subscription_id })),
  ),
  v.pipe(
    v.union([v.object({ data: v.object({}) }), v.null()]),
    v.transform((): CreatedSubscription => ({ id: null })),
  ),
]);

const text = v.nullish(v.string(), null);
const subscriptionSchema = v.pipe(
  v.object({
    subscription_id: idSchema,
    event_type: v.string(),
    filter: v.nullish(v.object({ user_id: text }), { user_id: null }),
    webhook_id: text,
    tag: text,
  }),
  v.transform((body) => ({
    id: body.subscription_id,
    eventType: body.event_type,
    userId: body.filter.user_id,
    webhookId: body.webhook_id,
    tag: body.tag,
  })),
);
// Only an explicit zero means "none": an answer without `data` may as well hold errors only.
export const pageSchema = v.union([
  v.object({
    data: v.array(subscriptionSchema),
    meta: v.nullish(v.object({ next_token: text }), { next_token: null }),
  }),
  v.pipe(
    v.object({
      meta: v.union([
        v.object({ result_count: v.literal(0) }),
        v.object({ total_subscriptions: v.literal(0) }),
      ]),
    }),
    v.transform(() => ({ data: [], meta: { next_token: null } })),
  ),
]);
const deletions = v.array(v.object({ subscription_id: idSchema, deleted: v.boolean() }));
const failures = v.array(
  v.object({
    subscription_id: idSchema,
    message: v.optional(v.string(), ''),
    reason: v.optional(v.string(), ''),
  }),
);
export const deletedManySchema = v.pipe(
  v.union([
    v.object({ data: deletions, errors: v.optional(failures, []) }),
    v.object({ data: v.optional(deletions, []), errors: failures }),
  ]),
  v.transform(
    ({ data, errors }): DeletedSubscriptions => ({
      deleted: data.filter((it) => it.deleted).map((it) => it.subscription_id),
      failed: errors.map((it) => ({ id: it.subscription_id, detail: it.message || it.reason })),
    }),
  ),
);

export const createReason = reasonReader<'duplicate' | 'limit'>(
  [
    ['Duplicate', 'duplicate'],
    ['LimitExceeded', 'limit'],
  ],
  { 409: 'duplicate' },
);
export const deleteReason = reasonReader<'not-found'>([['SubscriptionNotFound', 'not-found']], {
  404: 'not-found',
});
