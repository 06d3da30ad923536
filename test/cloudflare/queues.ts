import { Hono } from 'hono';
import * as v from 'valibot';
import { type Account, type Consumer, newId, type Queue } from './account.ts';
import { answer, answerPage, Refusal } from './answers.ts';

const creation = v.object({ queue_name: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,63}$/)) });
const consumerBody = v.object({
  type: v.literal('worker'),
  script_name: v.string(),
  dead_letter_queue: v.optional(v.string()),
  settings: v.unknown(),
});

/** Queues: names are unique in the account, and a queue has one consumer that is a Worker. */
export function queueRoutes(account: Account) {
  const app = new Hono();
  const find = (id: string) => {
    const queue = account.queues.get(id);
    if (!queue) throw new Refusal(11_000, 'Queue not found', 404);
    return queue;
  };
  const checked = (body: unknown) => {
    const parsed = v.parse(consumerBody, body);
    if (!account.workers.has(parsed.script_name)) {
      throw new Refusal(11_001, `Script ${parsed.script_name} does not exist`);
    }
    const { dead_letter_queue: deadLetterQueue = null } = parsed;
    return { script: parsed.script_name, deadLetterQueue, settings: parsed.settings };
  };
  app.get('/', (c) => {
    const names = c.req.queries('name');
    const rows = [...account.queues].filter(([, { name }]) => !names || names.includes(name));
    return answerPage(c, rows.map(rowOf));
  });
  app.post('/', async (c) => {
    const { queue_name: name } = v.parse(creation, await c.req.json());
    if ([...account.queues.values()].some((queue) => queue.name === name)) {
      throw new Refusal(
        11_009,
        `Queue name '${name}' is already taken. Please use a different name and try again.`,
        409,
      );
    }
    const id = newId();
    account.queues.set(id, { name, consumers: new Map() });
    return answer(c, rowOf([id, find(id)]));
  });
  app.get('/:id', (c) => answer(c, rowOf([c.req.param('id'), find(c.req.param('id'))])));
  app.post('/:id/consumers', async (c) => {
    const { consumers } = find(c.req.param('id'));
    const consumer = checked(await c.req.json());
    if (consumers.size > 0) {
      throw new Refusal(11_004, 'Consumer already exists', 409);
    }
    const id = newId();
    consumers.set(id, consumer);
    return answer(c, consumerRow(id, consumer));
  });
  app.put('/:id/consumers/:consumer', async (c) => {
    const { consumers } = find(c.req.param('id'));
    const id = c.req.param('consumer');
    if (!consumers.has(id)) throw new Refusal(11_003, 'Consumer not found', 404);
    const consumer = checked(await c.req.json());
    consumers.set(id, consumer);
    return answer(c, consumerRow(id, consumer));
  });
  return app;
}

function consumerRow(id: string, { script, deadLetterQueue, settings }: Consumer) {
  return {
    consumer_id: id,
    type: 'worker',
    script,
    settings,
    ...(deadLetterQueue !== null && { dead_letter_queue: deadLetterQueue }),
  };
}

function rowOf([id, { name, consumers }]: readonly [string, Queue]) {
  return {
    queue_id: id,
    queue_name: name,
    created_on: '2026-11-29T00:00:00.000Z',
    modified_on: '2026-11-29T00:00:00.000Z',
    producers: [],
    producers_total_count: 0,
    consumers: [...consumers].map(([consumerId, consumer]) => consumerRow(consumerId, consumer)),
    consumers_total_count: consumers.size,
  };
}
