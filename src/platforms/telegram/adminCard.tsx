import type { FeatureState } from '../../config/reader.ts';
import { telegramTexts, texts } from '../../pages/admin/channels/texts.ts';
import { FeatureRow } from '../../pages/admin/features.tsx';
import type { OwnerAt } from '../../ui/admin/page.tsx';
import { say } from '../../ui/language.ts';
import { Act, Badge, Card, Row } from '../../ui/parts.tsx';
import type { TelegramState } from './state.ts';
import { telegramFailureTexts } from './texts.ts';

const badges = {
  'not-connected': { state: 'warn', text: texts.waiting },
  connected: { state: 'ok', text: texts.connected },
  failing: { state: 'bad' },
} as const;
const failures = { ...telegramFailureTexts, ...telegramTexts };

/** The bot at Telegram: which secret it lacks, how it is, and the button that connects it. */
export function Telegram({
  feature,
  state,
  at,
  csrf,
}: {
  feature: FeatureState;
  state: TelegramState;
  at: OwnerAt;
  csrf: string;
}) {
  const { language } = at;
  const username = state.kind === 'not-connected' ? null : state.username;
  return (
    <Card title={say(texts.telegram, language)} id="telegram">
      <ul class="rows">
        {feature.state === 'off' ? (
          <FeatureRow id="telegram" feature={feature} at={at} />
        ) : (
          <Row
            title={
              username === null ? (
                say(texts.telegram, language)
              ) : (
                <a href={`https://t.me/${username}`}>{`@${username}`}</a>
              )
            }
            lines={linesOf(state, at)}
          >
            <Badge {...badges[state.kind]} language={language} />
          </Row>
        )}
      </ul>
      {feature.state !== 'off' && (
        <div class="actions">
          <Act
            to="/admin/channels/telegram"
            csrf={csrf}
            text={say(username === null ? texts.connect : texts.connectAgain, language)}
            {...(state.kind !== 'connected' && { kind: 'primary' })}
          />
        </div>
      )}
    </Card>
  );
}

function linesOf(state: TelegramState, { language }: OwnerAt) {
  if (state.kind === 'connected') return [];
  if (state.kind === 'not-connected') return [say(texts.notConnected, language)];
  const { reason, detail } = state;
  return [failures[reason][language], ...(detail === '' ? [] : [<code>{detail}</code>])];
}
