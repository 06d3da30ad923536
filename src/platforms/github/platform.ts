import { createRoutes, type Routes } from '../../bot/http.ts';
import type { Platform } from '../../bot/platform.ts';
import { type Door, jsonOf, receive, refuse, refuseMethod } from '../../bot/receive.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import type { InboxEvent } from '../../store/inbox.ts';
import { githubCard } from './adminCard.tsx';
import { type GitHubDelivery, readDelivery, verifyGitHubSignature } from './api/webhook.ts';
import { githubFeatures, githubSettings } from './settings.ts';

const CHANNEL = 'github';
const DELIVERY_ID = /^[\w-]{1,100}$/;

/**
 * `POST /webhook/github`: the signature is checked on the raw bytes first. Pushes,
 * releases and changes of a repository are stored once and queued; other events are passed over.
 * Both are answered with 202. GitHub repeats nothing by itself: what gets lost on the way here is
 * found by polling.
 */
function githubWebhook(): Routes {
  const routes = createRoutes();

  routes.post('/', (context) => receive(context, door));
  routes.all('/', refuseMethod('POST'));
  return routes;
}

/** Who claims to be GitHub, and the secret to check it by. */
interface Claim {
  readonly secret: string;
  readonly headers: Headers;
}

const door: Door<Claim> = {
  platform: CHANNEL,
  // GitHub sends no larger ones (docs: webhooks, payload cap).
  maxBytes: 25 * 1024 * 1024,
  claim: ({ read }, { headers }) => {
    const secret = read(githubSettings).webhookSecret;
    return secret !== null && headers.has('x-hub-signature-256') ? { secret, headers } : null;
  },
  verify: ({ secret, headers }, body) => verifyGitHubSignature(secret, headers, body),
  read: async (_bot, body, { headers }) => {
    const payload = readPayload(headers, body);
    if (payload === undefined) return { answer: refuse(400, 'body is not JSON') };
    const delivery = readDelivery(headers.get('x-github-event') ?? '', payload);
    if (delivery?.kind === 'ping') return { answer: new Response(null) };
    const taken = new Response(null, { status: 202 });
    if (delivery === null) return { answer: taken };
    const id = headers.get('x-github-delivery') ?? '';
    if (!DELIVERY_ID.test(id)) return { answer: refuse(400, 'X-GitHub-Delivery missing') };
    // The id is not signed, the body is: one that was captured counts once, under whatever id.
    return { events: [inboxEvent(`${CHANNEL}:${await sha256Hex(body)}`, delivery)], answer: taken };
  },
};

/** JSON as it is, or in the field `payload` of a form: a webhook can be set to either. */
function readPayload(headers: Headers, body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded');
  return jsonOf(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text);
}

function inboxEvent(
  key: string,
  delivery: Exclude<GitHubDelivery, { readonly kind: 'ping' }>,
): InboxEvent {
  const content: Incoming = {
    channel: CHANNEL,
    about: {
      repositoryId: delivery.repositoryId,
      branch: 'branch' in delivery ? delivery.branch : null,
      isSure: delivery.kind === 'delete' || (delivery.kind === 'repository' && delivery.isGone),
      release: delivery.kind === 'release' ? delivery.release : null,
    },
  };
  return {
    key,
    channel: CHANNEL,
    type: delivery.kind,
    account: null,
    content: JSON.stringify(content),
  };
}

/** Where the repositories are; it carries no messages. */
export const github: Platform = {
  id: 'github',
  name: { ko: 'GitHub', en: 'GitHub' },
  settings: githubSettings,
  parts: githubFeatures,
  routes: (app) => {
    app.route('/webhook/github', githubWebhook());
  },
  channels: [],
  card: githubCard,
};
