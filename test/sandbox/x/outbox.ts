import type { XContext } from './types.ts';
import type { DeliveryOptions, Webhook } from './webhook.ts';
import type { Webhooks } from './webhooks.ts';

interface KeptEvent {
  readonly webhookId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly payload: object;
}

const keptForMs = 24 * 3_600_000;

export type Outbox = ReturnType<typeof createOutbox>;

/** What goes to registered webhooks: delivered when valid, and kept for a replay of 24 hours. */
export function createOutbox(context: XContext, webhook: Webhook, webhooks: Webhooks) {
  let kept: KeptEvent[] = [];
  const running = new Set<Promise<unknown>>();

  async function deliver(
    webhookId: string,
    payload: object,
    options?: DeliveryOptions,
  ): Promise<Response[]> {
    const to = webhooks.find(webhookId);
    return to?.valid ? await webhook.send(to.url, payload, options) : [];
  }

  return {
    deliver,

    /** Keeps an event and delivers it; every answer in order, none of an invalid webhook. */
    async send(webhookId: string, payload: object, options?: DeliveryOptions): Promise<Response[]> {
      const at = context.now();
      kept = kept.filter((event) => event.at > at - keptForMs);
      kept.push({ webhookId, at, payload });
      return await deliver(webhookId, payload, options);
    },

    /** Events for a webhook from one time (included) to another (not included), oldest first. */
    between: (webhookId: string, from: number, until: number): object[] =>
      kept
        .filter((event) => event.webhookId === webhookId && event.at >= from && event.at < until)
        .map(({ payload }) => payload),

    /** Does a work that nobody waits for. */
    background(work: Promise<unknown>): void {
      const ended = work.catch(() => null).finally(() => running.delete(ended));
      running.add(ended);
    },

    /** Resolves when no such work is left. */
    settled: async (): Promise<void> => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
