import { Hono } from 'hono';
import * as v from 'valibot';
import { readJson } from './body.ts';
import { webhookUrlProblem } from './crc.ts';
import type { Guard, XEnv } from './guard.ts';
import { reasoned, unknownWebhook } from './problems.ts';
import type { XContext } from './types.ts';
import type { Webhook } from './webhook.ts';

/** A registered webhook as X lists it. */
export interface RegisteredWebhook {
  readonly id: string;
  readonly url: string;
  /** An invalid webhook gets no events. */
  readonly valid: boolean;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

type Stored = { -readonly [Key in keyof RegisteredWebhook]: RegisteredWebhook[Key] } & {
  lastRightAt: number;
};

const register = v.strictObject({ url: v.pipe(v.string(), v.minLength(1)) });
const validDespiteFaultsMs = 28 * 3_600_000;
const appOnly = { app: true } as const;

export type Webhooks = ReturnType<typeof createWebhooks>;

/**
 * The app's webhooks: register, list, re-validate and delete (docs/platforms/x.md, Webhooks).
 *
 * @param onDelete hears the id of a deleted webhook
 */
export function createWebhooks(
  context: XContext,
  webhook: Webhook,
  guard: Guard,
  onDelete: (id: string) => void,
) {
  const registered: Stored[] = [];
  const routes = new Hono<XEnv>();

  const find = (id: string) => registered.find((one) => one.id === id) ?? null;

  /** Asks again. A passing fault makes a webhook invalid 28 hours after its last right answer. */
  async function validate(one: Stored): Promise<void> {
    const verdict = await webhook.check(one.url);
    if (verdict.ok) {
      one.valid = true;
      one.lastRightAt = context.now();
    } else if (!verdict.isPassing || context.now() - one.lastRightAt > validDespiteFaultsMs) {
      one.valid = false;
    }
  }

  function placeProblem(url: string): Response | null {
    if (registered.some((one) => one.url === url)) {
      return reasoned('DuplicateUrlFailed', 'a webhook with this address is registered already.');
    }
    const { webhookLimit } = context.app;
    if (registered.length < webhookLimit) return null;
    return reasoned('WebhookLimitExceeded', `the limit is ${webhookLimit}.`);
  }

  routes.post('/2/webhooks', guard('webhooks', appOnly), async (c) => {
    const read = await readJson(c.req.raw, register);
    if (!read.ok) return read.problem;
    const { url } = read.value;
    const addressProblem = webhookUrlProblem(url, context.app.allowLocalWebhooks);
    if (addressProblem !== null) return reasoned('UrlValidationFailed', `${addressProblem}.`);
    const problem = placeProblem(url);
    if (problem) return problem;
    const verdict = await webhook.check(url);
    if (!verdict.ok) return reasoned('CrcValidationFailed', `${verdict.problem}.`);
    const takenMeanwhile = placeProblem(url);
    if (takenMeanwhile) return takenMeanwhile;
    const now = context.now();
    const one = { id: context.nextId(), url, valid: true, createdAt: now, lastRightAt: now };
    registered.push(one);
    return c.json({ data: onWire(one) });
  });

  routes.get('/2/webhooks', guard('webhooks', appOnly), (c) => {
    // An empty list has no `data` at all.
    const data = registered.length > 0 ? { data: registered.map(onWire) } : {};
    return c.json({ ...data, meta: { result_count: registered.length } });
  });

  routes.put('/2/webhooks/:id', guard('webhooks', appOnly), async (c) => {
    const one = find(c.req.param('id'));
    if (!one) return unknownWebhook(c.req.param('id'));
    await validate(one);
    const isOlder = context.app.revalidation === 'attempted';
    return c.json({ data: isOlder ? { attempted: true } : { valid: one.valid } });
  });

  routes.delete('/2/webhooks/:id', guard('webhooks', appOnly), (c) => {
    const one = find(c.req.param('id'));
    if (!one) return unknownWebhook(c.req.param('id'));
    registered.splice(registered.indexOf(one), 1);
    onDelete(one.id);
    return c.json({ data: { deleted: true } });
  });

  return {
    routes,
    find: (id: string): RegisteredWebhook | null => find(id),
    list: (): readonly RegisteredWebhook[] => registered,
    /** Asks one webhook, as before a replay; false when it is not valid afterwards. */
    async isValidNow(id: string): Promise<boolean> {
      const one = find(id);
      if (one) await validate(one);
      return one?.valid ?? false;
    },
    /** The CRC that X repeats from time to time. */
    checkAll: async (): Promise<void> => {
      for (const one of registered) await validate(one);
    },
  };
}

function onWire({ id, url, valid, createdAt }: Stored): object {
  return { id, url, valid, created_at: new Date(createdAt).toISOString() };
}
