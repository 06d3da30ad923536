import type { Bot } from '../../bot/context.ts';
import type { FriendDeliveries, FriendNews } from '../../bot/platform.ts';
import { inBatches } from '../../lib/batches.ts';
import type { NewDelivery } from '../../store/deliveries.ts';
import type { KakaoResult } from './api/answer.ts';
import { kakaoCallerOf } from './caller.ts';
import { kakaoSettings } from './settings.ts';
import { kakaoFriendSenders } from './store/kakaoLogins.ts';
import { isDeliveryWritten } from './store/kakaoSends.ts';

/** Most receivers of one message (docs/platforms/kakao.md, Messages). */
const GROUP = 5;
const MAX_PAGES = 50;

/**
 * Deliveries that tell something to the friends of everyone who let the bot write to them, five
 * friends each; none when the owner did not switch that on (`KAKAO_SEND_TO_FRIENDS`). The address is
 * `<sender>/<uuid>,<uuid>,...`, each uuid percent-encoded.
 */
export async function friendDeliveries(ctx: Bot, news: FriendNews): Promise<FriendDeliveries> {
  const deliveries: NewDelivery[] = [];
  const failures: string[] = [];
  if (!ctx.read(kakaoSettings).sendToFriends || !ctx.channels.has('kakaotalk')) {
    return { deliveries, failures };
  }
  const { key, ...rest } = news;
  for (const sender of await kakaoFriendSenders(ctx.db)) {
    const keyOf = (group: number) => `${key}:kakaotalk:${sender}/${group}`;
    // The list may have another order by now: groups made anew could tell a friend twice.
    if (await isDeliveryWritten(ctx.db, keyOf(0))) continue;
    const friends = await listFriends(ctx, sender);
    if (!friends.ok) {
      failures.push(`friends ${sender}: ${friends.reason}`);
      continue;
    }
    for (const [index, group] of inBatches(friends.value, GROUP).entries()) {
      const address = `${sender}/${group.map(encodeURIComponent).join(',')}`;
      const dedupeKey = keyOf(index);
      deliveries.push({ ...rest, dedupeKey, channel: 'kakaotalk', account: sender, address });
    }
  }
  return { deliveries, failures };
}

/** Uuids of all friends of a person who take messages. */
async function listFriends(ctx: Bot, sender: string): Promise<KakaoResult<readonly string[]>> {
  const call = kakaoCallerOf(ctx, sender);
  const uuids = new Set<string>();
  let nextUrl: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const listed = await call((client) => client.friends(nextUrl));
    if (!listed.ok) return listed;
    for (const { uuid, isAllowed } of listed.value.friends) if (isAllowed) uuids.add(uuid);
    if (listed.value.nextUrl === null) break;
    nextUrl = listed.value.nextUrl;
  }
  return { ok: true, value: [...uuids] };
}
