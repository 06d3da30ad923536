import { Hono } from 'hono';
import type { SandboxClock } from '../clock.ts';
import type { Deliver } from '../x/crc.ts';
import type { Refusal } from '../x/x-sandbox.ts';
import { freshKakaoApp } from './app-settings.ts';
import { createAuthorize } from './authorize.ts';
import { createChats } from './chats.ts';
import { createEventApi } from './event-api.ts';
import { kakaoFailure, loginFailure } from './failures.ts';
import { createFriendRoutes, createFriends } from './friends.ts';
import { createGuard } from './guard.ts';
import type { KakaoSandbox } from './kakao-sandbox.ts';
import { createLinks } from './links.ts';
import { createMessages } from './messages.ts';
import { kakaoFriends, kakaoPeople } from './people.ts';
import { createQuota } from './quota.ts';
import { createSkill } from './skill.ts';
import { createTokenEndpoint } from './token-endpoint.ts';
import { createTokens } from './tokens.ts';
import type { KakaoContext, KakaoPerson } from './types.ts';
import { createUsers } from './users.ts';
import { createWebhooks } from './webhooks.ts';

export type { KakaoSandbox, LoginChoice } from './kakao-sandbox.ts';

type Host = (request: Request) => Promise<Response>;

/** Kakao with its three hosts: kauth.kakao.com, kapi.kakao.com and bot-api.kakao.com. */
export function createKakao(clock: SandboxClock): {
  readonly sandbox: KakaoSandbox;
  /** kauth.kakao.com */
  readonly handleAuth: Host;
  /** kapi.kakao.com */
  readonly handle: Host;
  /** bot-api.kakao.com */
  readonly handleBot: Host;
} {
  const now = () => clock.now();
  const everyone = [...kakaoPeople, ...kakaoFriends];
  const person = (id: string) => everyone.find((one) => one.id === id);
  const app = freshKakaoApp(everyone);
  const refusals: Refusal[] = [];
  const onRefusal = (request: Request, reason: string) =>
    void refusals.push({ at: now(), request: `${request.method} ${request.url}`, reason });
  const context: KakaoContext = { now, app, everyone, person, onRefusal };

  let network: Deliver | null = null;
  const carry: Deliver = async (request) => {
    if (network) return await network(request);
    throw new TypeError('fetch failed: Kakao does not know how to reach the app');
  };

  const links = createLinks(context);
  for (const { id } of kakaoFriends) links.agree(id, ['profile_nickname', 'friends']);
  const tokens = createTokens(now);
  const guard = createGuard(context, links, tokens);
  const friends = createFriends(context, links);
  const quota = createQuota(context);
  const messages = createMessages({ context, friends, quota, guard });
  const chats = createChats(context, kakaoPeople);
  const skill = createSkill({ context, chats, links, carry });
  const webhooks = createWebhooks(context, carry);
  const authorize = createAuthorize(context, links, kakaoPeople);
  let pending: Promise<unknown> = Promise.resolve();
  const background = (work: Promise<unknown>) => {
    pending = Promise.all([pending, work]);
  };

  const auth = new Hono()
    .route('/', authorize.routes)
    .route('/', createTokenEndpoint({ context, links, tokens, codes: authorize.codes }))
    .route('/', webhooks.wellKnown)
    .notFound(() => loginFailure('KOE002', 'wrong URL'));
  const api = new Hono()
    .route('/', createUsers({ context, links, tokens, guard }))
    .route('/', messages.routes)
    .route('/', createFriendRoutes(context, friends, guard))
    .notFound(() => kakaoFailure('-2', 'no such API'));
  const bot = new Hono()
    .route('/', createEventApi({ context, chats, skill, background }))
    .route('/', skill.routes);
  const handleAuth: Host = async (request) => await auth.fetch(request);

  function known(personId: string): KakaoPerson {
    const found = person(personId);
    if (!found) throw new Error(`The sandbox has nobody with the id ${personId}.`);
    return found;
  }

  const say: KakaoSandbox['say'] = async (personId, text, options) =>
    await skill.say(known(personId), text, options);

  const sandbox: KakaoSandbox = {
    app,
    people: kakaoPeople,
    friends: kakaoFriends,
    rooms: chats.rooms,
    refusals,
    reachBy(deliver) {
      network = deliver;
    },

    async logIn(authorizeUrl, personId, { deny = false, scopes } = {}) {
      const opened = await handleAuth(new Request(authorizeUrl));
      const page = await opened.text();
      if (opened.status !== 200) throw new Error(`Kakao shows ${opened.status}: ${page}`);
      const shown = [...page.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope]) => scope);
      const fields = new URLSearchParams(deny ? { decision: 'deny' } : { person: personId });
      for (const scope of scopes ?? shown) fields.append('scope', scope ?? '');
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = String(fields);
      const told = await handleAuth(new Request(authorizeUrl, { method: 'POST', headers, body }));
      const target = told.headers.get('location');
      if (target === null) throw new Error(`Kakao shows ${told.status}: ${await told.text()}`);
      return target;
    },
    issueTokens(personId, scopes = Object.keys(app.consentItems)) {
      links.agree(known(personId).id, scopes);
      return tokens.issue(personId, scopes);
    },
    scopes: (personId) => [...(links.of(personId)?.scopes ?? [])],
    withdrawScope: (personId, scope) => links.withdraw(personId, [scope]),
    revokeTokens: tokens.dropPerson,
    async unlink(personId, { method, referrer = 'UNLINK_FROM_APPS' } = {}) {
      tokens.dropPerson(personId);
      links.remove(personId);
      return await webhooks.unlink(personId, referrer, method);
    },
    securityEvent: async (personId, kind, claims = {}) =>
      await webhooks.securityEvent(personId, kind, claims),

    memo: messages.memos,
    delivered: messages.delivered,
    today: quota.today,
    refuseMessages: (personId, { isListed } = { isListed: true }) =>
      friends.refuse(personId, isListed),
    acceptMessages: friends.accept,
    unfriend: friends.unfriend,
    leaveTalk: friends.leaveTalk,

    connectSkill: skill.connect,
    say,
    async press(personId, label) {
      const newest = chats.read(personId).findLast(({ from }) => from === 'bot');
      const buttons = [...(newest?.buttons ?? []), ...(newest?.quickReplies ?? [])];
      const pressed = buttons.find((button) => button.label === label);
      if (!pressed) throw new Error(`The bot offers no button ${label}.`);
      return await say(personId, pressed.messageText ?? label, { clientExtra: pressed.extra });
    },
    chat: chats.read,
    async addBot(personId) {
      chats.addChannel(personId);
      return await webhooks.channel(known(personId), 'added');
    },
    async blockBot(personId) {
      chats.blockChannel(personId);
      return await webhooks.channel(known(personId), 'blocked');
    },
    async settled() {
      await pending;
    },
  };

  return {
    sandbox,
    handleAuth,
    handle: async (request) => await api.fetch(request),
    handleBot: async (request) => await bot.fetch(request),
  };
}
