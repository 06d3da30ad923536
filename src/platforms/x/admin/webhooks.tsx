import type { Result } from '../../../lib/result.ts';
import { say } from '../../../ui/language.ts';
import { Act, type At, Badge, Card } from '../../../ui/parts.tsx';
import { webhookFailureTexts } from '../failure.ts';
import type { XSettings } from '../settings.ts';
import type { ListedWebhook, WebhookFailure } from '../webhook.ts';
import { texts } from './texts.ts';

/** The webhooks of the app as X lists them, ours first. */
export function Webhooks({
  listed,
  settings,
  at: { language },
  csrf,
}: {
  listed: Result<readonly ListedWebhook[], WebhookFailure>;
  settings: XSettings;
  at: At;
  csrf: string;
}) {
  const all = listed.ok ? listed.value : [];
  const hasOurs = all.some(({ isOurs }) => isOurs);
  return (
    <Card title={say(texts.webhook, language)} lead={say(texts.webhookLead, language)}>
      {!listed.ok && (
        <p>
          {webhookFailureTexts[listed.reason][language]}{' '}
          {listed.detail !== '' && <code>{listed.detail}</code>}
        </p>
      )}
      {listed.ok && all.length === 0 && <p class="empty">{say(texts.noWebhook, language)}</p>}
      <ul class="rows">
        {all
          .toSorted((one, other) => Number(other.isOurs) - Number(one.isOurs))
          .map((webhook) => (
            <li>
              <div class="what whole">
                <code>{webhook.url}</code>
                <small>
                  {say(webhook.isOurs ? texts.ours : texts.others, language)}
                  {webhook.isOurs &&
                    ` · ${say(texts.secret, language)}: ${secretOf(webhook.url, settings)}`}
                </small>
              </div>
              {webhook.valid ? (
                <Badge state="ok" language={language} text={texts.valid} />
              ) : (
                <Badge state="bad" language={language} text={texts.invalid} />
              )}
              <a class="quiet" href={`/admin/twitter/webhooks/${webhook.id}/remove`}>
                {say(texts.remove, language)}
              </a>
            </li>
          ))}
      </ul>
      <div class="actions">
        <Act
          to="/admin/twitter/webhook"
          csrf={csrf}
          text={say(hasOurs ? texts.check : texts.register, language)}
        />
        {hasOurs && (
          <a class="button" href="/admin/twitter/replay">
            {say(texts.replay, language)}
          </a>
        )}
      </div>
    </Card>
  );
}

/** Name of the secret that answers CRC at an address: pinned by its last part, else by settings. */
export function secretOf(url: string, { secrets, secretKind }: XSettings): string {
  const pinned = /\/(client|consumer)$/.exec(url)?.[1];
  const kind = pinned ?? (secretKind === 'auto' && secrets.client ? 'client' : secretKind);
  return kind === 'client' ? 'TWITTER_CLIENT_SECRET' : 'TWITTER_API_SECRET';
}
