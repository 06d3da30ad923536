import type { Bot } from '../../bot/context.ts';
import type { CardView } from '../../bot/platform.ts';
import { countPeople } from '../../store/ownerLists.ts';
import { FeatureRows } from '../../ui/admin/features.tsx';
import { counted } from '../../ui/admin/flash.ts';
import { say, type Text } from '../../ui/language.ts';
import { Card, Row } from '../../ui/parts.tsx';

const texts = {
  programs: { ko: '프로그램', en: 'Programs' },
  docs: { ko: 'API 설명 보기', en: 'Read about the API' },
  webhooks: { ko: '나가는 웹훅', en: 'Outgoing webhooks' },
  webhooksText: { ko: '주소 {count}', en: 'addresses {count}' },
} as const satisfies Record<string, Text>;

/** What programs use: the API, and the news posted to their addresses. */
export async function programsCard(bot: Bot, view: CardView) {
  const { language } = view;
  const at = { ...view, book: bot.book, platforms: bot.platforms };
  const [webhooks] = await countPeople(bot.db, ['webhook']);
  return (
    <Card title={say(texts.programs, language)} id="programs">
      <ul class="rows">
        <FeatureRows ids={['api']} features={bot.states} at={at} />
        <Row
          title={say(texts.webhooks, language)}
          lines={[say(texts.webhooksText, language, { count: counted(webhooks?.count ?? 0) })]}
        />
      </ul>
      <div class="actions">
        <a class="button" href="/api/docs">
          {say(texts.docs, language)}
        </a>
      </div>
    </Card>
  );
}
