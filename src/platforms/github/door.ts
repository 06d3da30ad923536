import type { Bot } from '../../bot/context.ts';
import { createRoutes, type Routes } from '../../bot/http.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { errorCode, log } from '../../lib/log.ts';
import { readBody } from '../../lib/readBody.ts';
import { acceptEvents } from '../../store/inbox.ts';
import { type GitHubDelivery, readDelivery, verifyGitHubSignature } from './api/webhook.ts';
import { githubSettings } from './settings.ts';

/** GitHub sends no larger ones (docs: webhooks, payload cap). */
const MAX_BODY_BYTES = 25 * 1024 * 1024;
const DELIVERY_ID = /^[\w-]{1,100}$/;

/**
 * `POST /webhook/github`: the signature is checked on the raw bytes first. Pushes,
 * releases and changes of a repository are stored once and queued; other events are passed over.
 * Both are answered with 202. GitHub repeats nothing by itself: what gets lost on the way here is
 * found by polling.
 */
export function githubWebhook(): Routes {
  const routes = createRoutes();

  routes.post('/', async (context) => {
    const { headers } = context.req.raw;
    const bot = context.get('bot');
    const secret = bot.read(githubSettings).webhookSecret;
    if (secret === null || !headers.has('x-hub-signature-256')) {
      return refuse(401, 'signature missing, or no webhook secret set');
    }
    const body = await readBody(context.req.raw.body, MAX_BODY_BYTES);
    if (body === null) return refuse(413, 'body too large');
    if (!(await verifyGitHubSignature(secret, headers, body)))
      return refuse(401, 'signature wrong');
    const payload = readPayload(headers, body);
    if (payload === undefined) return refuse(400, 'body is not JSON');
    const event = headers.get('x-github-event') ?? '';
    const delivery = readDelivery(event, payload);
    if (delivery?.kind === 'ping') return context.body(null, 200);
    if (delivery === null) return context.body(null, 202);
    const id = headers.get('x-github-delivery') ?? '';
    if (!DELIVERY_ID.test(id)) return refuse(400, 'X-GitHub-Delivery missing');
    try {
      await accept(bot, `github:${id}`, delivery);
    } catch (cause) {
      log('webhook-unavailable', { platform: 'github', code: errorCode(cause) });
      return refuse(503, 'try again');
    }
    return context.body(null, 202);
  });

  routes.all('/', () => refuse(405, 'method not allowed', { allow: 'POST' }));
  return routes;
}

function refuse(status: number, reason: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: reason }, { status, headers });
}

/** JSON as it is, or in the field `payload` of a form: a webhook can be set to either. */
function readPayload(headers: Headers, body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  try {
    return JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text);
  } catch {
    return undefined;
  }
}

async function accept(
  bot: Bot,
  key: string,
  delivery: Exclude<GitHubDelivery, { readonly kind: 'ping' }>,
): Promise<void> {
  const { kind, repositoryId } = delivery;
  const content: Incoming = {
    channel: 'github',
    about: { repositoryId, branch: delivery.kind === 'push' ? delivery.branch : null },
  };
  const event = {
    key,
    channel: 'github',
    type: kind,
    account: null,
    content: JSON.stringify(content),
  };
  for (const waiting of await acceptEvents(bot.db, [event], bot.runtime.now())) {
    await bot.events.send({ key: waiting });
  }
}
