import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { sha256Hex } from '../../lib/encoding.ts';
import type { Result } from '../../lib/result.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import { createCaller, type TwitterCaller } from './api/answer.ts';
import type { ConsumerKeys, ConsumerOptions } from './api/login1a.ts';
import type { OAuth2Options } from './api/oauth2.ts';
import { fetchBearer } from './api/oauth2.ts';
import { xSettings } from './settings.ts';

/** Key in `settings`, and the name the bearer is sealed under. */
const SETTING = 'twitter-bearer';

/** `app`: fingerprint of the consumer key it was given to. */
const settingSchema = v.object({ app: v.string(), sealed: v.string() });

/** Why there is no app-only bearer. */
export interface NoBearer {
  readonly reason: 'not-configured' | 'keys-refused' | 'rate-limited' | 'unavailable';
  readonly detail: string;
}

/**
 * Calls X as the app itself. The bearer is kept sealed in `settings`; one that X refuses is fetched
 * anew and the call made once more.
 */
export async function appCaller(ctx: Bot): Promise<Result<TwitterCaller, NoBearer>> {
  const { runtime } = ctx;
  const twitter = ctx.read(xSettings);
  const { consumer } = twitter;
  if (!consumer) {
    return {
      ok: false,
      reason: 'not-configured',
      detail: 'TWITTER_API_KEY, TWITTER_API_SECRET',
    };
  }
  const kept = await readKept(ctx, consumer);
  const first = kept === null ? await fetchAndKeep(ctx, consumer) : okay(kept);
  if (!first.ok) return first;
  let bearer = first.value;
  const caller: TwitterCaller = async (call, schema, ownReason) => {
    const carryOut = (accessToken: string) =>
      createCaller({ runtime, apiUrl: twitter.apiUrl, credentials: { accessToken } })(
        call,
        schema,
        ownReason,
      );
    const used = bearer;
    const result = await carryOut(used);
    if (result.ok || result.status !== 401) return result;
    const renewed = await fetchAndKeep(ctx, consumer);
    // X gives the same bearer until it is invalidated: the same one again is refused again.
    if (!renewed.ok || renewed.value === used) return result;
    bearer = renewed.value;
    return carryOut(bearer);
  };
  return okay(caller);
}

/** A bearer straight from X: tells whether the consumer keys are right. */
export async function askForBearer(
  { runtime, read }: Pick<Bot, 'runtime' | 'read'>,
  consumer: ConsumerKeys,
): Promise<Result<string, NoBearer>> {
  const fetched = await fetchBearer({ runtime, apiUrl: read(xSettings).apiUrl, consumer });
  if (fetched.ok) return okay(fetched.value.accessToken);
  const { reason, detail } = fetched;
  switch (reason) {
    case 'keys-refused':
    case 'rate-limited':
      return { ok: false, reason, detail };
    case 'invalid':
    case 'unavailable':
      return { ok: false, reason: 'unavailable', detail };
    default:
      return reason satisfies never;
  }
}

async function fetchAndKeep(ctx: Bot, consumer: ConsumerKeys): Promise<Result<string, NoBearer>> {
  const fetched = await askForBearer(ctx, consumer);
  const sealer = fetched.ok ? await ctx.sealer() : null;
  if (fetched.ok && sealer) {
    const kept = {
      app: await sha256Hex(consumer.key),
      sealed: await sealer.seal(SETTING, fetched.value),
    };
    await writeSetting(ctx.db, SETTING, kept, ctx.runtime.now());
  }
  return fetched;
}

async function readKept(ctx: Bot, consumer: ConsumerKeys): Promise<string | null> {
  const kept = await readSetting(ctx.db, SETTING, settingSchema);
  const sealer = kept && (await ctx.sealer());
  if (!kept || !sealer || kept.app !== (await sha256Hex(consumer.key))) return null;
  const opened = await sealer.open(SETTING, kept.sealed);
  return opened.ok ? opened.value : null;
}

function okay<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** The app in OAuth 1.0a's terms; `null` when its keys are not set. */
export function appOf({ runtime, read }: Bot): ConsumerOptions | null {
  const { apiUrl, consumer } = read(xSettings);
  return consumer && { runtime, apiUrl, consumer };
}

/** The app in OAuth 2.0's terms; `null` when its client id is not set. */
export function oauth2Of({ runtime, read }: Bot): OAuth2Options | null {
  const { apiUrl, oauth2 } = read(xSettings);
  if (!oauth2) return null;
  const { clientId, clientSecret } = oauth2;
  return {
    runtime,
    apiUrl,
    client: { clientId, ...(clientSecret === null ? {} : { clientSecret }) },
  };
}

/** Key of an X account's credential in `TOKENS`, and name of its keeper. */
export function keeperKey(userId: string): string {
  return `twitter:${userId}`;
}
