import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import type { Bot } from '../../../src/bot/context.ts';
import type { Channel, Message, Outcome, Publication } from '../../../src/bot/outbox/channel.ts';
import { drain, wakeOutbox } from '../../../src/bot/outbox/drain.ts';
import { insertDeliveries, type NewDelivery } from '../../../src/store/deliveries.ts';
import { wire } from '../../../src/wire.ts';
import { emptyStorage } from '../../emptyStorage.ts';
import { textNotice } from '../../worker/outboxSteps.ts';
import { createQueues } from '../../worker/queues.ts';

export const NOW = Date.UTC(2026, 10, 28);
export const SENT: Outcome = { kind: 'sent', externalId: null, note: null };

/** No answer, and nothing known about when there will be one. */
export const LOST: Outcome = { kind: 'retry', afterMs: null, uncertain: false, note: 'lost' };

const laneMessage = v.object({ lane: v.string() });

interface Row {
  readonly id: number;
  readonly state: string;
  readonly attempts: number;
  readonly uncertain: number;
  readonly note: string | null;
  readonly dueAt: number;
  readonly endedAt: number | null;
  readonly externalId: string | null;
  readonly charges: string | null;
}

type Given = Partial<NewDelivery>;

/**
 * The outbox on its own: the real bot and its store, a channel that answers as the test says, and a clock
 * that stands still.
 */
export async function createOutbox(channel: Partial<Channel> = {}, canPublish = true) {
  await emptyStorage();
  const clock = { now: NOW };
  const queues = createQueues(() => clock.now);
  const said: Message[] = [];
  const published: Publication[] = [];
  const plan = { answer: async (_address: string): Promise<Outcome> => SENT };
  const pigeon: Channel = {
    id: 'pigeon',
    send: (message) => {
      said.push(message);
      return plan.answer(message.address);
    },
    ...(canPublish && {
      publish: (publication) => {
        published.push(publication);
        return plan.answer('');
      },
    }),
    ...channel,
  };
  const runtime = {
    now: () => clock.now,
    // No jitter: the dice show nothing.
    randomBytes: (length: number) =>
      length === 1 ? new Uint8Array(1) : crypto.getRandomValues(new Uint8Array(length)),
    fetch: async () => new Response(null, { status: 503 }),
  };
  const speakers = new Map([['pigeon', pigeon]]);
  const bot: Bot = {
    ...wire({ ...env, DELIVERIES: queues.binding('soshik-deliveries') }, runtime),
    channels: speakers,
  };
  let number = 0;

  return {
    bot,
    clock,
    plan,
    said,
    published,
    queues,
    /** To whom something was said, in order. */
    get addresses() {
      return said.map(({ address }) => address);
    },
    /** Writes something to say to each of these, by default to 'a', 'b', 'c', ... */
    async hand(those: number | readonly Given[]): Promise<void> {
      const given =
        typeof those === 'number'
          ? Array.from({ length: those }, (_, at) => ({ address: String.fromCodePoint(97 + at) }))
          : those;
      const rows = given.map((one: Given) => {
        number += 1;
        return {
          dedupeKey: `key:${number}`,
          channel: 'pigeon',
          account: '',
          address: 'a',
          notice: textNotice(`소식 ${number}`),
          ...one,
        };
      });
      await insertDeliveries(env.DB, rows, clock.now).run();
    },
    /** Lets the clock go on to the next message of the queue, and works that off. */
    async next(): Promise<void> {
      if (queues.waiting.length === 0) await wakeOutbox(bot);
      clock.now = Math.max(clock.now, queues.nextDueAt() ?? clock.now);
      const [message] = queues.waiting.splice(
        queues.waiting.findIndex(({ dueAt }) => dueAt <= clock.now),
        1,
      );
      await drain(bot, v.parse(laneMessage, message?.body).lane);
    },
    /** In how many milliseconds the lane has its next place on the queue; `null`: none. */
    get nextInMs() {
      const dueAt = queues.nextDueAt();
      return dueAt === undefined ? null : dueAt - clock.now;
    },
    async rows(): Promise<Row[]> {
      const { results } = await env.DB.prepare(
        `SELECT id, state, attempts, uncertain, note, due_at AS dueAt, finished_at AS endedAt,
           external_id AS externalId, charges
         FROM deliveries ORDER BY id`,
      ).all<Row>();
      return results;
    },
    async states(): Promise<string[]> {
      const { results } = await env.DB.prepare('SELECT state FROM deliveries ORDER BY id').all<{
        state: string;
      }>();
      return results.map(({ state }) => state);
    },
    async waits(): Promise<Record<string, unknown>[]> {
      const { results } = await env.DB.prepare(
        'SELECT lane, account, address, until, reason, cause FROM waits ORDER BY address, account',
      ).all();
      return results;
    },
  };
}

export type Outbox = Awaited<ReturnType<typeof createOutbox>>;
