import type { FeatureState } from '../../../config/reader.ts';
import { pauseMs } from '../../../features/repositories/polling/budget.ts';
import { DAY_MS } from '../../../lib/time.ts';
import { Kakao } from '../../../platforms/kakao/adminCard.tsx';
import { type KakaoSettings, kakaoSettings } from '../../../platforms/kakao/settings.ts';
import { Telegram } from '../../../platforms/telegram/adminCard.tsx';
import { telegramState } from '../../../platforms/telegram/state.ts';
import { GitHub, Programs } from '../../../platforms/webhook/adminCard.tsx';
import { countKakaoLogins, countWatched } from '../../../store/channelCounts.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { texts } from './texts.ts';

/** `/admin/channels`: how each way to the bot is, and what the platforms' consoles want to know. */
export async function channelsPage(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const { db, states: features } = bot;
  const at = clockOf(context);
  const origin = bot.publicUrl ?? new URL(context.req.url).origin;
  const [state, logins, counts, pausedMs] = await Promise.all([
    telegramState(bot),
    countKakaoLogins(db, at.now + 7 * DAY_MS),
    countWatched(db),
    pauseMs(db, at.now),
  ]);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/channels' },
    <div class="two">
      <div>
        <Telegram
          feature={features['telegram'] ?? { state: 'off', missing: [] }}
          state={state}
          at={at}
          csrf={context.get('session').csrf}
        />
        <GitHub features={features} origin={origin} counts={counts} pausedMs={pausedMs} at={at} />
        <Programs features={features} webhooks={counts.webhooks} at={at} />
      </div>
      <div>
        <Kakao
          features={features}
          eventApi={eventApiOf(bot.read(kakaoSettings))}
          origin={origin}
          logins={logins}
          at={at}
        />
      </div>
    </div>,
  );
}

/** Whether the chatbot may write first; a choice of the owner's, so no feature of `/healthz`. */
function eventApiOf({ restApiKey, botId, eventName }: KakaoSettings): FeatureState {
  const missing = [
    ...(restApiKey === null ? ['KAKAO_REST_API_KEY'] : []),
    ...(botId === null ? ['KAKAO_BOT_ID'] : []),
    ...(eventName === null ? ['KAKAO_EVENT_NAME'] : []),
  ];
  return missing.length === 0 ? { state: 'on' } : { state: 'off', missing };
}
