import type { Bot } from '../../../src/bot/context.ts';
import { finishLogin, startLogin } from '../../../src/platforms/x/login.ts';
import { setUp } from '../../../src/platforms/x/upkeep.ts';
import type { Account } from '../../../src/store/accounts.ts';
import { wire } from '../../../src/wire.ts';
import { backWith, press } from '../../sandbox/x/login-client.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';

export const ORIGIN = 'https://soshik.example';
export const CALLBACK = `${ORIGIN}/login/twitter/callback`;

/** A deployment that nobody has logged in to, and an app at X that lets it. */
export async function createFresh(
  vars: Readonly<Record<string, string | undefined>> = {},
): Promise<Harness> {
  const harness = await createHarness({
    TWITTER_ACCESS_TOKEN: undefined,
    TWITTER_ACCESS_TOKEN_SECRET: undefined,
    ...vars,
  });
  const { x } = harness.world;
  x.app.callbacks.push(CALLBACK);
  x.app.requireSubscriptions = true;
  x.reachBy((request) => harness.fetch(request));
  return harness;
}

/** What a request to the Worker would work with. */
export function contextOf({ env, runtime }: Harness): Bot {
  return wire(env, runtime, `${ORIGIN}/admin`);
}

/** Walks through a login as the person behind an account would. */
export async function logIn(
  harness: Harness,
  accountId: string,
  version: 1 | 2 = 1,
): Promise<Account> {
  const ctx = contextOf(harness);
  const started = await startLogin(ctx, { version, callbackUrl: CALLBACK });
  if (!started.ok) throw new Error(`${started.reason}: ${started.detail}`);
  const { redirectUrl, pending } = started.value;
  const query = backWith(await press(harness.world, redirectUrl, { allow: accountId }));
  const finished = await finishLogin(ctx, { pending, query });
  if (!finished.ok) throw new Error(`${finished.reason}: ${finished.detail}`);
  return finished.value.account;
}

/** A deployment with one account that was logged in and set up. */
export async function createConnected(
  vars: Readonly<Record<string, string | undefined>> = {},
  version: 1 | 2 = 1,
): Promise<Harness> {
  const harness = await createFresh(vars);
  await logIn(harness, harness.world.x.bot.id, version);
  const done = await setUp(contextOf(harness));
  if (!done.ok) throw new Error(`${done.reason}: ${done.detail}`);
  return harness;
}

/** A person writes to an account and the queues come to rest; what that account answered, in all. */
export async function converse(
  harness: Harness,
  personId: string,
  text: string,
  accountId = harness.world.x.bot.id,
): Promise<string[]> {
  await harness.world.x.say(personId, text, { to: accountId });
  await harness.settle();
  return harness.world.x
    .conversation(personId, accountId)
    .filter(({ from }) => from === accountId)
    .map((message) => message.text);
}
