import type { Bot } from '../../bot/context.ts';
import type { CardView } from '../../bot/platform.ts';
import { FeatureRows } from '../../ui/admin/features.tsx';
import { say, type Text } from '../../ui/language.ts';
import { Card, Row } from '../../ui/parts.tsx';

const texts = {
  address: { ko: '웹훅 주소', en: 'Webhook address' },
  atRepository: {
    ko: '저장소 > Settings > Webhooks, 형식은 JSON, 비밀 값은 GITHUB_WEBHOOK_SECRET',
    en: 'repository > Settings > Webhooks, as JSON, its secret is GITHUB_WEBHOOK_SECRET',
  },
} as const satisfies Record<string, Text>;

/** GitHub: what works, and where it delivers to. */
export async function githubCard(bot: Bot, view: CardView) {
  const { language, origin } = view;
  const at = { ...view, book: bot.book, platforms: bot.platforms };
  return (
    <Card title="GitHub" id="github">
      <ul class="rows">
        <FeatureRows ids={['repositories', 'github-webhook']} features={bot.states} at={at} />
        <Row
          title={say(texts.address, language)}
          lines={[<code>{`${origin}/webhook/github`}</code>, say(texts.atRepository, language)]}
        />
      </ul>
    </Card>
  );
}
