import { adminPage, clockOf } from '../../ui/admin/page.tsx';
import type { AdminContext } from '../../ui/admin/types.ts';
import type { Text } from '../../ui/language.ts';

const texts = {
  title: { ko: '대화 통로', en: 'Channels' },
  lead: {
    ko: '사람들이 봇과 만나는 곳이에요. 여기 적힌 주소를 각 서비스의 설정에 넣어 주세요.',
    en: 'Where people meet the bot. Put the addresses shown here into each platform’s settings.',
  },
} as const satisfies Record<string, Text>;

/** `/admin/channels`: how each way to the bot is, and what the platforms' consoles want to know. */
export async function channelsPage(context: AdminContext): Promise<Response> {
  const bot = context.get('bot');
  const { language, now, zone } = clockOf(context);
  const view = {
    language,
    now,
    zone,
    csrf: context.get('session').csrf,
    origin: bot.publicUrl ?? new URL(context.req.url).origin,
  };
  const cards = await Promise.all(
    [...bot.platforms, ...bot.features].map(async ({ card }) => card?.(bot, view)),
  );
  const shown = cards.filter((card) => card !== undefined);
  const half = Math.ceil(shown.length / 2);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/channels' },
    <div class="two">
      <div>{shown.slice(0, half)}</div>
      <div>{shown.slice(half)}</div>
    </div>,
  );
}
