import * as v from 'valibot';
import type { CoreConfig } from '../../config/core.ts';
import { errorCode, log } from '../../lib/log.ts';
import type { Result } from '../../lib/result.ts';
import { DAY_MS } from '../../lib/time.ts';
import { readPicture, writePicture } from '../../store/sources.ts';
import type { Bot } from '../context.ts';
import type { Post } from '../notice/notice.ts';
import type { Picture, PostPreview } from './channel.ts';
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

/** An invocation has 50 calls; a picture may take some redirects. */
const MOST_FETCHED = 10;

/**
 * Fetches posters long before they are posted, some each day: on the day their host may be away. One
 * that cannot be had is tried again, but in its turn: it keeps none behind it waiting.
 */
export async function keepPosters(
  bot: Bot,
  posters: readonly { readonly key: string; readonly url: string }[],
): Promise<void> {
  try {
    const kept = await keptPosters(bot.media);
    const missing = posters.filter(({ key }) => !kept.has(key));
    const turn = Math.floor(bot.runtime.now() / DAY_MS) * MOST_FETCHED;
    const first = missing.length === 0 ? 0 : turn % missing.length;
    const inTurn = [...missing.slice(first), ...missing.slice(0, first)];
    for (const poster of inTurn.slice(0, MOST_FETCHED)) await loadPoster(bot, poster);
  } catch (cause) {
    log('media-read-failed', { key: 'poster:*', code: errorCode(cause) });
  }
}

/** KV tells a thousand keys at a time. */
async function keptPosters(media: KVNamespace): Promise<Set<string>> {
  const kept = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: KVNamespaceListResult<unknown> = await media.list({ prefix: 'poster:', cursor });
    for (const { name } of page.keys) kept.add(name);
    cursor = page.list_complete ? null : page.cursor;
  } while (cursor !== null);
  return kept;
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

/** Who says things for everyone to see. */
export interface Publisher {
  readonly channel: string;
  /** The bot's account that speaks. */
  readonly account: string;
}

/** The first place where something can be said for everyone to see; `null`: nobody is set up. */
export async function publisherOf(bot: Bot): Promise<Publisher | null> {
  for (const { channels } of bot.platforms) {
    for (const { id, accountOf } of channels) {
      if (bot.channels.get(id)?.publish === undefined) continue;
      const account = await accountOf?.(bot);
      if (account != null) return { channel: id, account };
    }
  }
  return null;
}

/** The part of `/healthz` that has to be on before anything can be said for everyone to see. */
export function publishingPart({ platforms, channels }: Bot): string {
  const info = platforms
    .flatMap((platform) => platform.channels)
    .find(({ id }) => channels.get(id)?.publish !== undefined);
  return info?.feature ?? 'posting';
}

/** How a post will look where it will be published. */
export function previewOf({ channels }: Pick<Bot, 'channels'>, post: Post): PostPreview {
  const publishing = [...channels.values()].find(({ preview }) => preview !== undefined);
  return publishing?.preview?.(post) ?? { text: '', pictures: [] };
}
