import type { Bot } from '../../bot/context.ts';
import { counted } from '../../pages/admin/channels/counted.ts';
import { texts } from '../../pages/admin/channels/texts.ts';
import { FeatureRows } from '../../pages/admin/features.tsx';
import type { ChannelCounts } from '../../store/channelCounts.ts';
import type { OwnerAt } from '../../ui/admin/page.tsx';
import { say } from '../../ui/language.ts';
import { Card, Row, Time } from '../../ui/parts.tsx';

/** GitHub: what works, where it delivers to, what is watched, and whether it has to be left alone. */
export function GitHub({
  features,
  origin,
  counts,
  pausedMs,
  at,
}: {
  features: Bot['states'];
  origin: string;
  counts: ChannelCounts;
  pausedMs: number;
  at: OwnerAt;
}) {
  const { language } = at;
  return (
    <Card title="GitHub" id="github">
      <ul class="rows">
        <FeatureRows ids={['repositories', 'github-webhook']} features={features} at={at} />
        <Row
          title={say(texts.address, language)}
          lines={[<code>{`${origin}/webhook/github`}</code>, say(texts.atRepository, language)]}
        />
        <Row
          title={say(texts.budget, language)}
          lines={[
            pausedMs === 0 ? (
              say(texts.budgetFine, language)
            ) : (
              <>
                {say(texts.budgetUsed, language)} <Time at={at.now + pausedMs} {...at} />
              </>
            ),
          ]}
        />
        <Row
          title={say(texts.watched, language)}
          lines={[
            say(texts.watchedText, language, {
              repositories: counted(counts.repositories),
              branches: counted(counts.branches),
              watches: counted(counts.watches),
            }),
          ]}
        />
      </ul>
    </Card>
  );
}

/** What programs use: the API, and the news posted to their addresses. */
export function Programs({
  features,
  webhooks,
  at,
}: {
  features: Bot['states'];
  webhooks: number;
  at: OwnerAt;
}) {
  const { language } = at;
  return (
    <Card title={say(texts.programs, language)} id="programs">
      <ul class="rows">
        <FeatureRows ids={['api']} features={features} at={at} />
        <Row
          title={say(texts.webhooks, language)}
          lines={[say(texts.webhooksText, language, { count: counted(webhooks) })]}
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
