import type { Bot } from '../../bot/context.ts';
import { ask, USER_AGENT } from './api/call.ts';
import { xSettings } from './settings.ts';

/** X takes signatures whose time is at most 5 minutes off; OAuth 1.0a says so with no own code. */
export const MAX_SKEW_MS = 4 * 60_000;

/**
 * How far the bot's clock is ahead of X's, in milliseconds (negative: behind), as the `Date` of an
 * answer tells (RFC 9110 section 6.6.1; whole seconds). The call needs no key: X refuses it, dated.
 *
 * @returns `null` when X did not answer or did not date its answer
 */
export async function clockSkewMs({
  runtime,
  read,
}: Pick<Bot, 'runtime' | 'read'>): Promise<number | null> {
  const request = new Request(`${read(xSettings).apiUrl}/2/users/me`, {
    headers: { 'user-agent': USER_AGENT },
  });
  const askedAt = runtime.now();
  const answer = await ask(runtime, request);
  if ('failed' in answer) return null;
  const dated = Date.parse(answer.headers.get('date') ?? '');
  // Half way between asking and hearing is about when X wrote the date.
  return Number.isNaN(dated) ? null : Math.round((askedAt + runtime.now()) / 2 - dated);
}
