import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chance } from './chance.ts';

export interface Message {
  readonly queue: string;
  readonly id: string;
  readonly body: unknown;
  readonly dueAt: number;
  readonly attempts: number;
}

/** How often a message meets what. */
export interface Mishaps {
  readonly lost: number;
  readonly doubled: number;
}

export const NO_MISHAPS: Mishaps = { lost: 0, doubled: 0 };

const MAX_RETRIES = 5;
const configuration = readFileSync(join(import.meta.dirname, '../../wrangler.toml'), 'utf8');

/** A number that wrangler.toml gives a queue's consumer. */
function setting(queue: string, name: string, fallback: number): number {
  const [, section = ''] =
    new RegExp(`\\[\\[queues\\.consumers\\]\\]\\s+queue = "${queue}"\\s([^[]*)`).exec(
      configuration,
    ) ?? [];
  return Number(new RegExp(`^${name} = (\\d+)`, 'm').exec(section)?.[1] ?? fallback);
}

/** Cloudflare Queues on the driver's clock, in any order, with copies and losses. */
export function createQueues(
  now: () => number,
  chance: Chance,
  mishapsAt: (at: number) => Mishaps,
) {
  const waiting: Message[] = [];
  const counts = { sent: 0, delivered: 0, lost: 0, doubled: 0, dead: 0 };

  function put(queue: string, body: unknown, delaySeconds = 0): void {
    counts.sent += 1;
    const dueAt = now() + delaySeconds * 1000;
    waiting.push({ queue, id: `m${counts.sent}`, body, dueAt, attempts: 1 });
  }

  return {
    counts,
    size: () => waiting.length,
    send(queue: string, body: unknown, delaySeconds = 0): void {
      const mishaps = mishapsAt(now());
      if (chance.happens(mishaps.lost)) {
        counts.lost += 1;
        return;
      }
      put(queue, body, delaySeconds);
      if (!chance.happens(mishaps.doubled)) return;
      counts.doubled += 1;
      put(queue, body, delaySeconds + chance.whole(0, 90));
    },
    nextDueAt: () => waiting.reduce((least, { dueAt }) => Math.min(least, dueAt), Infinity),
    /** A batch that is due, of any queue. */
    take(): readonly Message[] {
      const due = waiting.filter(({ dueAt }) => dueAt <= now());
      const first = due[chance.whole(0, due.length - 1)];
      if (!first) return [];
      const most = setting(first.queue, 'max_batch_size', 10);
      const taken = due.filter(({ queue }) => queue === first.queue).slice(0, most);
      for (const message of taken) waiting.splice(waiting.indexOf(message), 1);
      counts.delivered += taken.length;
      return taken;
    },
    /** A message that was not acknowledged comes again, until it is given up. */
    again(message: Message, delaySeconds: number | null): void {
      const attempts = message.attempts + 1;
      if (attempts <= MAX_RETRIES + 1) {
        const wait = delaySeconds ?? setting(message.queue, 'retry_delay', 60);
        waiting.push({ ...message, attempts, dueAt: now() + wait * 1000 });
        return;
      }
      counts.dead += 1;
      if (!message.queue.endsWith('-dlq')) put(`${message.queue}-dlq`, message.body);
    },
  };
}

export type Queues = ReturnType<typeof createQueues>;
