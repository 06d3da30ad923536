import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import type { Kept, Upkeep } from '../../bot/platform.ts';
import { log } from '../../lib/log.ts';
import type { Result } from '../../lib/result.ts';
import { DAY_MS, dayOf } from '../../lib/time.ts';
import {
  type Account,
  connectAccount,
  deleteAccount,
  markConnected,
  readAccount,
  readAccounts,
} from '../../store/accounts.ts';
import { countEvents } from '../../store/inbox.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { createCaller } from './api/answer.ts';
import { me } from './api/common.ts';
import { invalidateToken } from './api/login1a.ts';
import { revokeToken } from './api/oauth2.ts';
import { appOf, keeperKey, oauth2Of } from './bearer.ts';
import { accountCaller, credentialsOf } from './caller.ts';
import type { WebhookFailure } from './failure.ts';
import { tell } from './news.ts';
import { xSettings } from './settings.ts';
import {
  type EnsuredSubscriptions,
  ensureSubscriptions,
  removeSubscriptionsOf,
} from './subscriptions.ts';
import { ensureWebhook, knownWebhook, type OwnWebhook } from './webhook.ts';

/** Key: how the webhook was at the last look, `ok` or why not. */
export const WEBHOOK_STATE = 'twitter-webhook-state';
/** Before an account's id: how its subscriptions were. */
export const SUBSCRIPTIONS_STATE = 'twitter-subscriptions-state:';

/** A login that ends within this time is told of. */
const ENDS_SOON_MS = 14 * DAY_MS;
/** What passes by itself is no news. */
const PASSING = new Set(['unavailable', 'rate-limited']);

/**
 * Daily: what was once set up is still good, or is mended, or the owner is told. What was never set
 * up is left alone.
 */
export async function keepAlive(ctx: Bot): Promise<Kept> {
  const failures: string[] = [];
  const accounts = await readAccounts(ctx.db, 'twitter');
  const webhook = await keepWebhook(ctx, failures);
  let subscribed = 0;
  for (const account of accounts) {
    const isUsable = await keepLogin(ctx, account, failures);
    if (isUsable && webhook) subscribed += await keepSubscriptions(ctx, account, webhook, failures);
  }
  await noteEncryptedChats(ctx);
  return {
    counts: { accounts: accounts.length, webhooks: webhook ? 1 : 0, subscribed },
    failures,
  };
}

/** {@link keepAlive} as the daily job does it. */
export const upkeep: Upkeep = {
  counts: {
    accounts: { ko: '계정', en: 'accounts' },
    webhooks: { ko: '웹훅', en: 'webhooks' },
    subscribed: { ko: '구독', en: 'subscribed' },
  },
  run: keepAlive,
};

/**
 * Every half hour: X still delivers what people write, to an address that is ours. A login that does
 * not work any more shows by itself.
 */
export async function keepReachable(ctx: Bot): Promise<void> {
  const webhook = await keepWebhook(ctx, []);
  if (webhook === null) return;
  for (const account of await readAccounts(ctx.db, 'twitter')) {
    if (account.state === 'connected') await keepSubscriptions(ctx, account, webhook, []);
  }
}

async function keepWebhook(ctx: Bot, failures: string[]): Promise<OwnWebhook | null> {
  if (!(await knownWebhook(ctx))) return null;
  const ensured = await ensureWebhook(ctx);
  const state = ensured.ok ? 'ok' : ensured.reason;
  const isNew = await isNewState(ctx, WEBHOOK_STATE, state);
  if (!ensured.ok) {
    failures.push(`webhook: ${ensured.reason}`);
    if (isNew) await tell(ctx, 'webhook-failing', occasion(ctx), { reason: ensured.reason });
    return null;
  }
  const { id, url, changed } = ensured.value;
  if (changed) await tell(ctx, 'webhook-healed', `${id}:${occasion(ctx)}`, { url });
  return ensured.value;
}

async function keepLogin(ctx: Bot, account: Account, failures: string[]): Promise<boolean> {
  const { db, runtime, config } = ctx;
  const { id, username } = account;
  const user = await me(accountCaller(ctx, id));
  if (!user.ok) {
    failures.push(`login ${id}: ${user.reason}`);
    return false;
  }
  await markConnected(db, account, runtime.now());
  const status = await ctx.keeperOf(keeperKey(id)).status();
  const login = status.kind === 'known' ? status.login : null;
  if (login?.kind !== 'oauth2' || login.hasOAuth1Token) return true;
  // Without a refresh token the login ends with the access token.
  const endsAt = login.hasRefreshToken ? login.refreshExpiresAt : login.expiresAt;
  if (endsAt !== null && endsAt < runtime.now() + ENDS_SOON_MS) {
    const day = dayOf(endsAt, config.timeZone);
    await tell(ctx, 'login-ends-soon', `${id}:${account.connectedAt}`, { username, day });
  }
  return true;
}

async function keepSubscriptions(
  ctx: Bot,
  { id, username }: Account,
  webhook: OwnWebhook,
  failures: string[],
): Promise<number> {
  const ensured = await ensureSubscriptions(ctx, id);
  const reason = ensured.ok ? ensured.value.failed[0]?.reason : ensured.reason;
  const setting = SUBSCRIPTIONS_STATE + id;
  const before = await readSetting(ctx.db, setting, v.string());
  const isNew = await isNewState(ctx, setting, reason ?? 'ok');
  if (reason !== undefined) {
    failures.push(`subscriptions ${id}: ${reason}`);
    if (isNew) {
      await tell(ctx, 'subscriptions-failing', `${id}:${occasion(ctx)}`, { username, reason });
    }
  }
  if (!ensured.ok) return 0;
  const { created, existing } = ensured.value;
  // A webhook that moved takes its subscriptions along; that is no loss.
  if (created > 0 && before === 'ok' && !webhook.changed) {
    const count = String(created);
    await tell(ctx, 'subscriptions-recreated', `${id}:${occasion(ctx)}`, { username, count });
  }
  return created + existing;
}

/** Remembers a state; true when it is another than before. */
async function isNewState(ctx: Bot, key: string, state: string): Promise<boolean> {
  if (PASSING.has(state)) return false;
  if ((await readSetting(ctx.db, key, v.string())) === state) return false;
  await writeSetting(ctx.db, key, state, ctx.runtime.now());
  return true;
}

/** Told once a month: the bot cannot read them, people should know. */
async function noteEncryptedChats(ctx: Bot): Promise<void> {
  const now = ctx.runtime.now();
  const events = await countEvents(ctx.db, 'twitter', now - DAY_MS);
  if (events.some(({ type }) => type === 'chat.received')) {
    await tell(ctx, 'encrypted-chats', dayOf(now, ctx.config.timeZone).slice(0, 7), {});
  }
}

/** Tells one change of state from the next. */
function occasion({ runtime }: Bot): string {
  return String(runtime.now());
}

/**
 * X says that a person withdrew the consent: the account's credential and row go, and the owner is
 * told once. A late word about a login that was renewed since is recognised by X still taking it.
 */
export async function forgetRevoked(ctx: Bot, id: string): Promise<void> {
  const account = await readAccount(ctx.db, 'twitter', id);
  if (!account || (await isStillGood(ctx, id))) return;
  await removeSubscriptionsOf(ctx, id);
  const { username, connectedAt } = account;
  await tell(ctx, 'consent-revoked', `${id}:${connectedAt}`, { username });
  await forgetAccount(ctx, id);
}

async function isStillGood(ctx: Bot, id: string): Promise<boolean> {
  const held = await credentialsOf(ctx, id);
  if (!held.ok) return false;
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const { credentials } = held;
  return (await me(createCaller({ runtime, apiUrl: twitter.apiUrl, credentials }))).ok;
}

interface Disconnected {
  /** False: the person can end it at x.com/settings/connected_apps. */
  readonly revokedAtX: boolean;
  readonly subscriptionsRemoved: number;
}

/**
 * Logs an account out everywhere: subscriptions, token at X, credential, account. What X does not
 * do is left to X; nothing of the account stays here. Safe to call again.
 */
export async function disconnect(ctx: Bot, id: string): Promise<Disconnected> {
  const removed = await removeSubscriptionsOf(ctx, id);
  const revokedAtX = await revoke(ctx, id);
  await forgetAccount(ctx, id);
  log('account-disconnected', { platform: 'twitter', account: id, revoked: revokedAtX });
  return { revokedAtX, subscriptionsRemoved: removed.ok ? removed.value : 0 };
}

async function revoke(ctx: Bot, id: string): Promise<boolean> {
  const usable = await ctx.keeperOf(keeperKey(id)).usable();
  if (usable.kind !== 'ready') return false;
  const { credential } = usable;
  if (credential.kind === 'oauth1') {
    const app = appOf(ctx);
    if (!app) return false;
    const ended = await invalidateToken(app, credential);
    return ended.ok || ended.reason === 'expired';
  }
  const app = oauth2Of(ctx);
  if (!app) return false;
  return (await revokeToken(app, credential.accessToken, 'access_token')).ok;
}

/** Deletes credential, then account: one without a credential cannot be mistaken for connected. */
async function forgetAccount(ctx: Bot, id: string): Promise<void> {
  const keeper = ctx.keeperOf(keeperKey(id));
  const forgotten = await keeper.forget();
  // KV failed once; a copy that is left is sealed, but should not be there.
  if (!forgotten.ok) await keeper.forget();
  await deleteAccount(ctx.db, { platform: 'twitter', id });
}

/**
 * The bot's own accounts. The one whose keys are among the Worker's secrets is written down at the
 * first look, unless it has logged in by itself; until X answers for it, it is not among them.
 */
export async function ownAccounts(ctx: Bot): Promise<Account[]> {
  const { db, runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const accounts = await readAccounts(db, 'twitter');
  if (!twitter.static) return accounts;
  const { userId, ...credentials } = twitter.static;
  if (accounts.some(({ id }) => id === userId)) return accounts;
  const user = await me(createCaller({ runtime, apiUrl: twitter.apiUrl, credentials }));
  // The keys may be of another account than the one named; that one cannot speak with them.
  if (!user.ok || user.value.id !== userId) return accounts;
  const { username } = user.value;
  const account = { platform: 'twitter', id: userId, username, kind: 'static' } as const;
  await connectAccount(db, account, runtime.now());
  return readAccounts(db, 'twitter');
}

/**
 * The account that posts: `TWITTER_USER_ID`, else the owner of the keys among the secrets, else the
 * one that logged in first. `null` when there is none.
 */
export async function speakerId({ db, read }: Bot): Promise<string | null> {
  const twitter = read(xSettings);
  const named = twitter.speakerId ?? twitter.static?.userId;
  if (named !== undefined) return named;
  return (await readAccounts(db, 'twitter'))[0]?.id ?? null;
}

interface SetUp {
  readonly webhook: OwnWebhook;
  /** By account id. */
  readonly subscriptions: ReadonlyMap<string, Result<EnsuredSubscriptions, WebhookFailure>>;
}

/**
 * The one button after a login: webhook registered and valid, every account subscribed. Safe to
 * press again. Remembers the public address for the daily upkeep.
 */
export async function setUp(ctx: Bot): Promise<Result<SetUp, WebhookFailure>> {
  const webhook = await ensureWebhook(ctx);
  if (!webhook.ok) return webhook;
  const subscriptions = new Map<string, Result<EnsuredSubscriptions, WebhookFailure>>();
  for (const { id } of await ownAccounts(ctx)) {
    subscriptions.set(id, await ensureSubscriptions(ctx, id));
  }
  return { ok: true, value: { webhook: webhook.value, subscriptions } };
}
