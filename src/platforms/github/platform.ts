import type { Bot } from '../../bot/context.ts';
import { createRoutes, type Routes } from '../../bot/http.ts';
import type { Finding, Platform } from '../../bot/platform.ts';
import { type Door, jsonOf, receive, refuse, refuseMethod } from '../../bot/receive.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import type { InboxEvent } from '../../store/inbox.ts';
import { lastProblem, REPO_POLL } from '../../store/runs.ts';
import { githubCard } from './adminCard.tsx';
import { isRefused, TOKEN_REFUSED } from './api/failure.ts';
import { type GitHubDelivery, readDelivery, verifyGitHubSignature } from './api/webhook.ts';
import { githubOf } from './client.ts';
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
  doors: (app) => {
    app.route('/webhook/github', githubWebhook());
  },
  channels: [],
  troubles: async ({ db }) =>
    (await lastProblem(db, REPO_POLL)) === TOKEN_REFUSED
      ? [
          {
            key: 'github:token',
            feature: 'repositories',
            reason: 'token-refused',
            what: {
              ko: 'GitHub이 토큰을 받아들이지 않아 저장소를 살펴보지 못해요',
              en: 'GitHub does not accept the token, so repositories are not looked at',
            },
            advice: tokenAdvice,
            page: '/admin/channels',
          },
        ]
      : [],
  doctor: async (bot) => [await examine(bot)],
  reasonText: (part, reason) =>
    part === 'repositories' && reason === 'token-refused' ? tokenAdvice : null,
  card: githubCard,
};

const tokenAdvice = {
  ko: 'GitHub에서 새 토큰(또는 앱의 비밀 키)을 만들어 GITHUB_TOKEN(GITHUB_APP_PRIVATE_KEY)에 넣어 주세요.',
  en: 'Make a new token (or private key of the app) at GitHub and put it into GITHUB_TOKEN (GITHUB_APP_PRIVATE_KEY).',
} as const;

/** Asks GitHub whether it takes the token, for the owner. */
async function examine(bot: Bot): Promise<Finding> {
  const id = 'github-token';
  const client = githubOf(bot);
  if (client === null) {
    const off = { ko: 'GitHub 토큰이 없어요.', en: 'There is no token for GitHub.' };
    return { id, ...off, state: 'off', todo: null };
  }
  const told = await client.check();
  if (told.ok) {
    const good = { ko: 'GitHub이 토큰을 받아들여요.', en: 'GitHub takes the token.' };
    return { id, ...good, state: 'ok', todo: null };
  }
  if (isRefused(told)) {
    const bad = {
      ko: 'GitHub이 토큰을 받아들이지 않아요.',
      en: 'GitHub does not accept the token.',
    };
    return { id, ...bad, state: 'bad', todo: tokenAdvice };
  }
  const away = { ko: 'GitHub이 지금 대답하지 않아요.', en: 'GitHub does not answer now.' };
  return { id, ...away, state: 'warn', todo: null };
}
