import type { Bot } from '../../bot/context.ts';
import type { Finding, Platform } from '../../bot/platform.ts';
import { type Door, jsonOf, receive, refuse } from '../../bot/receive.ts';
import type { Incoming } from '../../bot/talk/incoming.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import { once } from '../../lib/once.ts';
import type { InboxEvent } from '../../store/inbox.ts';
import { lastProblem, REPO_POLL } from '../../store/runs.ts';
import { appTexts, githubActions, githubCard, githubFlash } from './adminCard.tsx';
import { isRefused, TOKEN_REFUSED } from './api/answer.ts';
import { type GitHubDelivery, readDelivery, verifyGitHubSignature } from './api/webhook.ts';
import { forgetStates } from './appForm.tsx';
import {
  githubOf,
  githubStates,
  isIdle,
  isSetByOwner,
  lookAtApp,
  madeApp,
  wrongOf,
} from './client.ts';
import { githubFeatures, githubSettings } from './settings.ts';

const CHANNEL = 'github';
const DELIVERY_ID = /^[\w-]{1,100}$/;

/** Who claims to be GitHub, and the secrets to check it by. */
interface Claim {
  readonly own: string | null;
  /** The secret of the app that was made here; looked for when the owner's own does not fit. */
  readonly ofApp: () => Promise<string | null>;
  readonly headers: Headers;
}

/**
 * The signature is checked on the raw bytes first. Pushes, releases and changes of a repository that
 * somebody watches are stored once and queued; all others are passed over. Both are answered with
 * 202. GitHub repeats nothing by itself: what gets lost on the way here is found by polling.
 */
const door: Door<Claim> = {
  platform: CHANNEL,
  // GitHub sends no larger ones (docs: webhooks, payload cap).
  maxBytes: 25 * 1024 * 1024,
  claim: async (bot, { headers }) => {
    if (!headers.has('x-hub-signature-256')) return null;
    const own = bot.read(githubSettings).webhookSecret;
    const ofApp = once(async () => {
      const app = await madeApp(bot);
      return app === null || app === 'shut' ? null : app.webhookSecret;
    });
    // Without a secret nobody's body is read.
    return own === null && (await ofApp()) === null ? null : { own, ofApp, headers };
  },
  verify: async ({ own, ofApp, headers }, body) => {
    if (own !== null && (await verifyGitHubSignature(own, headers, body))) return true;
    const secret = await ofApp();
    return secret !== null && (await verifyGitHubSignature(secret, headers, body));
  },
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
  doors: { '/webhook/github': { POST: receive(door) } },
  channels: [],
  // The form that makes an app is GitHub's.
  loginOrigins: ({ read }) => [new URL(read(githubSettings).webUrl).origin],
  probe: async (bot) => {
    await lookAtApp(bot);
  },
  cleanUp: ({ db }, now) => [forgetStates(db, now)],
  troubles: async (bot) => {
    const [problem, app] = await Promise.all([lastProblem(bot.db, REPO_POLL), madeApp(bot)]);
    const isToken = problem === TOKEN_REFUSED && isSetByOwner(bot);
    const wrong = wrongOf(app);
    return [
      ...(isToken ? [{ ...about, key: 'github:token', ...tokenTexts }] : []),
      ...(wrong === null
        ? []
        : [
            {
              ...about,
              key: 'github:app',
              feature: isSetByOwner(bot) ? 'github-webhook' : 'repositories',
              reason: wrong,
              what: appTexts[wrong],
              advice: appTexts.advice,
            },
          ]),
    ];
  },
  health: githubStates,
  actions: githubActions,
  flash: githubFlash,
  todos: async (bot) =>
    isIdle(await madeApp(bot)) ? [{ text: appTexts.install, page: '/admin/channels' }] : [],
  doctor: async (bot) => [await examine(bot), await examineApp(bot)],
  reasonText: (_part, reason) =>
    reason === 'token-refused'
      ? tokenTexts.advice
      : reason === 'app-shut' || reason === 'app-refused'
        ? appTexts[reason]
        : null,
  card: githubCard,
};

const about = { feature: 'repositories', page: '/admin/channels' } as const;

const tokenTexts = {
  reason: 'token-refused',
  what: {
    ko: 'GitHub이 토큰을 받아들이지 않아 저장소를 살펴보지 못해요',
    en: 'GitHub does not accept the token, so repositories are not looked at',
  },
  advice: {
    ko: 'GitHub에서 새 토큰(또는 앱의 비밀 키)을 만들어 GITHUB_TOKEN(GITHUB_APP_PRIVATE_KEY)에 넣어 주세요.',
    en: 'Make a new token (or private key of the app) at GitHub and put it into GITHUB_TOKEN (GITHUB_APP_PRIVATE_KEY).',
  },
} as const;

/** Asks GitHub whether it takes the token, for the owner. */
async function examine(bot: Bot): Promise<Finding> {
  const id = 'github-token';
  const client = isSetByOwner(bot) ? await githubOf(bot) : null;
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
    return { id, ...bad, state: 'bad', todo: tokenTexts.advice };
  }
  return { id, ...AWAY, state: 'warn', todo: null };
}

const AWAY = { ko: 'GitHub이 지금 대답하지 않아요.', en: 'GitHub does not answer now.' } as const;

/** Asks GitHub how the app is that was made on `/admin/channels`, for the owner. */
async function examineApp(bot: Bot): Promise<Finding> {
  const id = 'github-app';
  const { app, isAway } = await lookAtApp(bot);
  if (isAway) return { id, ...AWAY, state: 'warn', todo: null };
  if (app === null) return { id, ...appTexts.none, state: 'off', todo: null };
  const wrong = wrongOf(app);
  if (wrong !== null) return { id, ...appTexts[wrong], state: 'bad', todo: appTexts.advice };
  return isIdle(app)
    ? { id, ...appTexts.idle, state: 'warn', todo: appTexts.install }
    : { id, ...appTexts.good, state: 'ok', todo: null };
}
