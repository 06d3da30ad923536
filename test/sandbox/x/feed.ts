import { appId, type createAccountActivity } from './account-activity.ts';
import type { ActivityStore } from './activity-store.ts';
import type { createEnvelopes, EnvelopeKind } from './envelopes.ts';
import type { Outbox } from './outbox.ts';
import type { Message, XContext } from './types.ts';
import type { DeliveryOptions } from './webhook.ts';

export interface FeedOptions {
  readonly context: XContext;
  readonly envelopes: ReturnType<typeof createEnvelopes>;
  readonly activity: ActivityStore;
  readonly accountActivity: ReturnType<typeof createAccountActivity>;
  readonly outbox: Outbox;
}

export interface EventOptions extends DeliveryOptions {
  /** Which way the event went, as seen by the user; default: any filter takes it. */
  readonly direction?: 'inbound' | 'outbound';
}

/** Brings what happens to the webhooks that subscribed to it (docs/platforms/x.md, Deliveries). */
export function createFeed({ context, envelopes, activity, accountActivity, outbox }: FeedOptions) {
  /** An X Activity event of a user, once for each subscription it meets. */
  async function emit(
    eventType: string,
    userId: string,
    payload: object,
    { direction, ...options }: EventOptions = {},
    eventId = context.nextId(),
  ): Promise<Response[]> {
    const answers: Response[] = [];
    for (const one of activity.meeting(eventType, userId, direction)) {
      if (one.webhookId === undefined) continue;
      const event = envelopes.activity(eventType, eventId, one, payload);
      answers.push(...(await outbox.send(one.webhookId, event, options)));
    }
    return answers;
  }

  return {
    emit,

    /** A direct message: a copy for each subscription of each of the two who are in it. */
    async message(
      message: Message,
      kind: EnvelopeKind,
      options?: DeliveryOptions,
    ): Promise<Response[]> {
      const answers: Response[] = [];
      const payload = envelopes.messagePayload(message);
      for (const userId of [message.from, message.to]) {
        const type = message.from === userId ? 'dm.sent' : 'dm.received';
        answers.push(...(await emit(type, userId, payload, options, message.id)));
        for (const { webhookId } of accountActivity.of(userId)) {
          const shape = kind === 'v1' ? 'v1' : 'aaa';
          const event = envelopes.accountActivity(shape, message, userId);
          answers.push(...(await outbox.send(webhookId, event, options)));
        }
      }
      return answers;
    },

    /** The account's subscriptions end, then the webhooks that had them hear of it. */
    async revoked(userId: string, options?: DeliveryOptions): Promise<Response[]> {
      const date_time = new Date(context.now()).toISOString();
      const own = activity.list().filter(({ filter }) => filter.user_id === userId);
      const ofActivity = new Set(own.flatMap(({ webhookId }) => webhookId ?? []));
      const ofAccount = new Set(accountActivity.of(userId).map(({ webhookId }) => webhookId));
      activity.remove(({ filter }) => filter.user_id === userId);
      accountActivity.remove((one) => one.userId === userId);
      const answers: Response[] = [];
      for (const webhookId of ofActivity) {
        const payload = { date_time, user_id: userId, app_id: appId };
        const to = { filter: {} };
        const event = envelopes.activity('oauth.revoke', context.nextId(), to, payload);
        answers.push(...(await outbox.send(webhookId, event, options)));
      }
      for (const webhookId of ofAccount) {
        const revoke = { date_time, target: { app_id: appId }, source: { user_id: userId } };
        answers.push(...(await outbox.send(webhookId, { user_event: { revoke } }, options)));
      }
      return answers;
    },
  };
}
