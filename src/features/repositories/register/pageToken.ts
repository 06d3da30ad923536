import type { Bot } from '../../../bot/context.ts';
import { HOUR_MS } from '../../../lib/time.ts';

const PAGE_MS = HOUR_MS;

/**
 * What a page carries so that its form may have a repository looked up: whoever has no page of ours
 * cannot use GitHub through us. Blank without `TOKEN_KEY`: then only the count of checks is a limit.
 */
export async function pageToken(bot: Bot): Promise<string> {
  const signer = await bot.signer();
  return (await signer?.sign('register', '', bot.runtime.now() + PAGE_MS)) ?? '';
}

/** True when a request comes from a page of ours, opened within the hour. */
export async function isFromPage(bot: Bot, token: string, headers: Headers): Promise<boolean> {
  if (headers.get('sec-fetch-site') === 'cross-site') return false;
  const signer = await bot.signer();
  return signer === null || (await signer.verify('register', token)).ok;
}
