import configuration from '../../wrangler.toml?raw';

interface Waiting {
  readonly queue: string;
  readonly id: string;
  readonly body: unknown;
  readonly dueAt: number;
  readonly attempts: number;
}

const MAX_BATCH = 100;
const MAX_DELAY_SECONDS = 86_400;
/** `max_retries` of wrangler.toml: after that a message goes to the dead letter queue. */
const MAX_RETRIES = 5;
const DEFAULT_RETRY_SECONDS = 60;

/** How many messages of a queue the deployed Worker takes at a time. */
function maxBatchSize(queue: string): number {
  const [, size] =
    new RegExp(
      `\\[\\[queues\\.consumers\\]\\]\\s+queue = "${queue}"\\s+max_batch_size = (\\d+)`,
    ).exec(configuration) ?? [];
  // Cloudflare's default.
  return Number(size ?? 10);
}

/**
 * Cloudflare Queues for tests: at-least-once, in the order of their delays, on the world's clock,
 * with the limits that the local simulator does not enforce.
 */
export function createQueues(now: () => number) {
  const waiting: Waiting[] = [];
  const dead: Waiting[] = [];
  let count = 0;

  function add(queue: string, body: unknown, delaySeconds = 0): void {
    if (delaySeconds < 0 || delaySeconds > MAX_DELAY_SECONDS) throw new RangeError('delaySeconds');
    count += 1;
    // Sent as JSON: what is not JSON must not survive.
    const copy: unknown = JSON.parse(JSON.stringify(body));
    const dueAt = now() + delaySeconds * 1000;
    waiting.push({ queue, id: `m${count}`, body: copy, dueAt, attempts: 1 });
  }

  const answer = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };

  function binding(queue: string): Queue {
    return {
      async send(body, options) {
        add(queue, body, options?.delaySeconds);
        return answer;
      },
      async sendBatch(messages, options) {
        const list = [...messages];
        if (list.length > MAX_BATCH) throw new RangeError('sendBatch takes at most 100 messages');
        for (const { body, delaySeconds } of list) {
          add(queue, body, delaySeconds ?? options?.delaySeconds);
        }
        return answer;
      },
      metrics: async () => answer.metadata.metrics,
    };
  }

  return {
    binding,
    waiting,
    dead,
    /** When the next message is due, or `undefined` when there is none. */
    nextDueAt: (): number | undefined =>
      waiting.length === 0 ? undefined : Math.min(...waiting.map((message) => message.dueAt)),
    /** Hands one due batch of one queue to a consumer. False when nothing is due. */
    async deliverOne(consume: (batch: MessageBatch) => Promise<void>): Promise<boolean> {
      const first = waiting.find((message) => message.dueAt <= now());
      if (!first) return false;
      const taken = waiting
        .filter((message) => message.queue === first.queue && message.dueAt <= now())
        .slice(0, maxBatchSize(first.queue));
      for (const message of taken) waiting.splice(waiting.indexOf(message), 1);
      const again = (message: Waiting, delaySeconds = DEFAULT_RETRY_SECONDS) => {
        const next = { ...message, attempts: message.attempts + 1 };
        if (next.attempts > MAX_RETRIES + 1) {
          dead.push(next);
          const ofDead = `${message.queue}-dlq`;
          if (!message.queue.endsWith('-dlq')) add(ofDead, message.body);
        } else waiting.push({ ...next, dueAt: now() + delaySeconds * 1000 });
      };
      // What is neither acknowledged nor asked for again by name is done when the handler returns.
      const retries = new Map<Waiting, number | undefined>();
      const messages = taken.map((message) => ({
        id: message.id,
        body: message.body,
        attempts: message.attempts,
        timestamp: new Date(now()),
        ack: () => {},
        retry: (options?: QueueRetryOptions) => {
          retries.set(message, options?.delaySeconds);
        },
      }));
      try {
        await consume({
          queue: first.queue,
          messages,
          metadata: answer.metadata,
          ackAll: () => {},
          retryAll: (options) => {
            for (const message of taken) retries.set(message, options?.delaySeconds);
          },
        });
      } catch {
        // The consumer's isolate died, and its acknowledgements with it: every message comes again.
        for (const message of taken) again(message);
        return true;
      }
      for (const [message, delaySeconds] of retries) again(message, delaySeconds);
      return true;
    },
  };
}

export type Queues = ReturnType<typeof createQueues>;
