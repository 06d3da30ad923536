import * as v from 'valibot';
import type { CoreConfig } from '../../config/core.ts';
import { errorCode, log } from '../../lib/log.ts';
import type { Result } from '../../lib/result.ts';
import { readPicture, writePicture } from '../../store/pictures.ts';
import type { Bot } from '../context.ts';
import type { Picture } from './channel.ts';
import { fetchPicture, isAllowedHost } from './picture.ts';

const keptPicture = v.object({
  bytes: v.instance(Uint8Array<ArrayBuffer>),
  type: v.picklist(['image/jpeg', 'image/png', 'image/gif', 'image/webp']),
});

/**
 * A title's poster: from MEDIA, or fetched once from its host and kept there for 30 days. A KV that
 * fails costs a second fetch, never the post.
 *
 * @returns the picture, or why there is none (a code for the owner)
 */
export async function loadPoster(
  bot: Bot,
  poster: { readonly key: string; readonly url: string },
): Promise<Result<Picture, { reason: string }>> {
  try {
    const kept = v.safeParse(keptPicture, await readPicture(bot.media, poster.key));
    if (kept.success) return { ok: true, value: kept.output };
  } catch (cause) {
    log('media-read-failed', { key: poster.key, code: errorCode(cause) });
  }
  const fetched = await fetchPicture({
    runtime: bot.runtime,
    url: poster.url,
    allowedHosts: bot.config.posterHosts,
    contact: bot.config.contact,
  });
  if ('reason' in fetched) return { ok: false, reason: fetched.reason };
  const picture = { bytes: fetched.bytes, type: fetched.type };
  try {
    await writePicture(bot.media, poster.key, picture);
  } catch (cause) {
    log('media-write-failed', { key: poster.key, code: errorCode(cause) });
  }
  return { ok: true, value: picture };
}

/** Whether a page, which may be one of https, can show the picture at an address itself. */
export function isPosterAllowed(
  { posterHosts }: Pick<CoreConfig, 'posterHosts'>,
  url: string,
): boolean {
  const parsed = URL.parse(url);
  // Without https only this machine's own sandbox, which has a port.
  const isSafe = parsed?.protocol === 'https:' || parsed?.port !== '';
  return parsed !== null && isSafe && isAllowedHost(parsed, posterHosts);
}
