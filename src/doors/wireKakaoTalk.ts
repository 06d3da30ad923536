import type { Channel } from '../bot/outbox/channel.ts';
import { publicUrlOf } from '../bot/publicUrl.ts';
import { kakaoCallerOf } from '../platforms/kakao/caller.ts';
import type { KakaoContext } from '../platforms/kakao/context.ts';
import { releaseKakaoSends, reserveKakaoSends } from '../platforms/kakao/store/kakaoSends.ts';
import { createKakaoTalkChannel } from '../platforms/kakao/talkChannel.ts';

/** KakaoTalk messages by the tokens of those who logged in, within the limits kept in D1. */
export function wireKakaoTalk(ctx: KakaoContext): Channel {
  const { runtime, db, timeZone } = ctx;
  let homeUrl: Promise<string | null> | undefined;
  return createKakaoTalkChannel({
    voiceOf: (sender) => {
      const call = kakaoCallerOf(ctx, sender);
      return {
        sendToMe: (template) => call((client) => client.sendToMe(template)),
        sendToFriends: (uuids, template) => call((client) => client.sendToFriends(uuids, template)),
      };
    },
    budget: {
      reserve: (asked) => reserveKakaoSends(db, asked, runtime.now()),
      release: (message, uuids) => releaseKakaoSends(db, message, uuids),
    },
    homeUrl: () => {
      homeUrl ??= publicUrlOf(ctx);
      return homeUrl;
    },
    timeZone,
    now: runtime.now,
  });
}
