import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { publicUrlOf, rememberPublicUrl } from '../../bot/http.ts';
import { log } from '../../lib/log.ts';
import type { Result } from '../../lib/result.ts';
import { DAY_MS, MINUTE_MS } from '../../lib/time.ts';
import { deleteSetting, readSetting, writeSetting } from '../../store/settings.ts';
import type { TwitterCaller } from './api/answer.ts';
import {
  listWebhooks,
  registerWebhook,
  removeWebhook as removeAtX,
  replayWebhook,
  revalidateWebhook,
  type Webhook,
} from './api/webhooks.ts';
import { appCaller } from './bearer.ts';
import { failed, failedCall, type WebhookFailure } from './failure.ts';
import { type XSettings, xSettings } from './settings.ts';

/**
 * Which of the app's secrets an address of the webhook answers CRC with. The CRC route reads no
 * storage, so that the address itself has to tell: `/webhook/twitter` goes by the settings, the
 * other two are pinned.
 */
type Pin = 'auto' | 'client' | 'consumer';

type SecretSettings = Pick<XSettings, 'secrets' | 'secretKind'>;

const PATH = '/webhook/twitter';
const PINS: readonly Pin[] = ['auto', 'client', 'consumer'];

export function addressOf(origin: string, pin: Pin): string {
  return pin === 'auto' ? origin + PATH : `${origin}${PATH}/${pin}`;
}

/** The pin of one of our addresses; `null` for any other address. */
export function pinOf(origin: string, url: string): Pin | null {
  return PINS.find((pin) => addressOf(origin, pin) === url) ?? null;
}

/** The secret that answers CRC at an address; `null` when that secret is not set. */
export function secretBehind(
  { secrets, secretKind }: SecretSettings,
  pin: Pin,
): 'client' | 'consumer' | null {
  const wanted = pin === 'auto' ? secretKind : pin;
  const kind = wanted === 'auto' ? (secrets.client === undefined ? 'consumer' : 'client') : wanted;
  return secrets[kind] === undefined ? null : kind;
}

/** The pin of the app's other secret; `null` when there is none, or the owner chose the secret. */
function otherPin(settings: SecretSettings, pin: Pin): Exclude<Pin, 'auto'> | null {
  if (settings.secretKind !== 'auto') return null;
  const used = secretBehind(settings, pin) ?? pin;
  const other = used === 'client' ? 'consumer' : 'client';
  return settings.secrets[other] === undefined ? null : other;
}

export type { WebhookFailure } from './failure.ts';

/** The bot's webhook at X. */
export interface OwnWebhook {
  readonly id: string;
  readonly url: string;
  readonly valid: boolean;
  /** Which secret answers its CRC. */
  readonly secret: 'client' | 'consumer';
  /** True when this call registered, mended or moved it. */
  readonly changed: boolean;
}

/** A webhook of the app as X lists it. */
export interface ListedWebhook extends Webhook {
  /** True when it is an address of this Worker. */
  readonly isOurs: boolean;
}

/** What can be replayed: the last day, up to ten minutes ago (docs/platforms/x.md, Replay). */
const REPLAY_REACH_MS = DAY_MS - MINUTE_MS;
const REPLAY_REST_MS = 10 * MINUTE_MS;

const SETTING = 'twitter-webhook';
const settingSchema = v.object({ id: v.string(), url: v.string() });

/** The webhook that was set up last, whether or not X still has it. */
export async function knownWebhook({
  db,
}: Pick<Bot, 'db'>): Promise<{ readonly id: string; readonly url: string } | null> {
  return readSetting(db, SETTING, settingSchema);
}

/** What the work on our webhook needs. */
interface Work {
  readonly ctx: Bot;
  readonly call: TwitterCaller;
  readonly origin: string;
}

type Ensured = Result<OwnWebhook, WebhookFailure>;

/**
 * Sees to it that X has a valid webhook of ours: registers it, has an invalid one asked again, and
 * where X turns out to expect the app's other secret, moves it to the address pinned to that one.
 * Safe to call at any time.
 */
export async function ensureWebhook(ctx: Bot): Promise<Ensured> {
  const origin = await publicUrlOf(ctx);
  if (origin === null) return failed('not-configured', 'PUBLIC_URL');
  if (secretBehind(ctx.read(xSettings), 'auto') === null) {
    return failed('not-configured', 'TWITTER_CLIENT_SECRET, TWITTER_API_SECRET');
  }
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const work = { ctx, call: app.value, origin };
  const found = await findOwn(work);
  if (!found.ok) return found;
  const ensured = found.value ? await mend(work, found.value) : await register(work, 'auto', true);
  if (ensured.ok) {
    const { id, url } = ensured.value;
    await writeSetting(ctx.db, SETTING, { id, url }, ctx.runtime.now());
    await rememberPublicUrl(ctx);
  }
  return ensured;
}

/** Ours at X, a valid one first. */
async function findOwn({ call, origin }: Work): Promise<Result<Webhook | null, WebhookFailure>> {
  const listed = await listWebhooks(call);
  if (!listed.ok) return failedCall(listed);
  const own = listed.value.filter(({ url }) => pinOf(origin, url) !== null);
  return { ok: true, value: own.find(({ valid }) => valid) ?? own[0] ?? null };
}

async function register(work: Work, pin: Pin, mayMove: boolean): Promise<Ensured> {
  const registered = await registerWebhook(work.call, addressOf(work.origin, pin));
  if (registered.ok) {
    return registered.value.valid
      ? done(work, registered.value, true)
      : failed('crc-failed', 'registered, but not valid');
  }
  if (registered.reason === 'duplicate') {
    const found = await findOwn(work);
    if (!found.ok) return found;
    return found.value
      ? mend(work, found.value)
      : failed('invalid', 'X says that the address is registered, and does not list it');
  }
  const other = otherPin(work.ctx.read(xSettings), pin);
  if (registered.reason === 'crc-failed' && mayMove && other !== null) {
    const moved = await register(work, other, false);
    if (moved.ok) return moved;
  }
  return failedCall(registered);
}

/** Has X ask an invalid webhook again; one that stays invalid moves to the other secret. */
async function mend(work: Work, webhook: Webhook): Promise<Ensured> {
  if (webhook.valid) return done(work, webhook, false);
  const asked = await revalidateWebhook(work.call, webhook.id);
  if (!asked.ok && asked.reason !== 'crc-failed') return failedCall(asked);
  const listed = await listWebhooks(work.call);
  if (!listed.ok) return failedCall(listed);
  if (listed.value.some(({ id, valid }) => id === webhook.id && valid)) {
    return done(work, { ...webhook, valid: true }, true);
  }
  const pin = pinOf(work.origin, webhook.url);
  const other = pin && otherPin(work.ctx.read(xSettings), pin);
  if (!other) return failed('crc-failed', asked.ok ? '' : asked.detail);
  // One webhook is all that most apps may have, and an invalid one is of no use.
  const removed = await removeAtX(work.call, webhook.id);
  if (!removed.ok && removed.reason !== 'not-found') return failedCall(removed);
  return register(work, other, false);
}

function done({ ctx, origin }: Work, { id, url, valid }: Webhook, changed: boolean): Ensured {
  const secret = secretBehind(ctx.read(xSettings), pinOf(origin, url) ?? 'auto');
  if (secret === null) return failed('not-configured', 'TWITTER_CLIENT_SECRET, TWITTER_API_SECRET');
  if (changed) log('webhook-changed', { platform: 'twitter', id, secret });
  return { ok: true, value: { id, url, valid, secret, changed } };
}

/** All webhooks of the app. */
export async function webhooks(
  ctx: Bot,
): Promise<Result<readonly ListedWebhook[], WebhookFailure>> {
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const listed = await listWebhooks(app.value);
  if (!listed.ok) return failedCall(listed);
  const origin = await publicUrlOf(ctx);
  return {
    ok: true,
    value: listed.value.map((webhook) => ({
      ...webhook,
      isOurs: origin !== null && pinOf(origin, webhook.url) !== null,
    })),
  };
}

/** Deletes a webhook at X; one that is gone already counts as deleted. */
export async function removeWebhook(ctx: Bot, id: string): Promise<Result<null, WebhookFailure>> {
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const removed = await removeAtX(app.value, id);
  if (!removed.ok && removed.reason !== 'not-found') return failedCall(removed);
  if ((await knownWebhook(ctx))?.id === id) await deleteSetting(ctx.db, SETTING).run();
  return { ok: true, value: null };
}

/**
 * Has X deliver again what it delivered between two instants. The range is cut to what X can do:
 * the last 24 hours, up to ten minutes ago. What was answered already is not answered again.
 */
export async function replay(
  ctx: Bot,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<Result<{ readonly jobId: string }, WebhookFailure>> {
  const now = ctx.runtime.now();
  const fromAt = Math.max(fromMs, now - REPLAY_REACH_MS);
  const toAt = Math.min(toMs, now - REPLAY_REST_MS);
  if (!(toAt - fromAt >= MINUTE_MS)) return failed('bad-range');
  const webhook = await knownWebhook(ctx);
  if (!webhook) return failed('not-found');
  const app = await appCaller(ctx);
  if (!app.ok) return app;
  const started = await replayWebhook(app.value, webhook.id, { fromAt, toAt });
  return started.ok ? started : failedCall(started);
}
