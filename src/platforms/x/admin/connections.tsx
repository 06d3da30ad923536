import type { Result } from '../../../lib/result.ts';
import type { Account } from '../../../store/accounts.ts';
import { say } from '../../../ui/language.ts';
import { Act, type At, Badge, Card, Time } from '../../../ui/parts.tsx';
import { webhookFailureTexts } from '../failure.ts';
import type { XSettings } from '../settings.ts';
import { EVENT_CHOICES, type ListedSubscription } from '../subscriptions.ts';
import type { ListedWebhook, WebhookFailure } from '../webhook.ts';
import { texts } from './texts.ts';

interface Shown {
  readonly at: At;
  readonly csrf: string;
}

/** The connected accounts: how each is, what it gets, and what can be done with it. */
export function Accounts({
  accounts,
  subscriptions,
  at,
  csrf,
}: Shown & {
  readonly accounts: readonly Account[];
  readonly subscriptions: readonly ListedSubscription[];
}) {
  const { language } = at;
  return (
    <Card title={say(texts.accounts, language)}>
      {accounts.length === 0 && <p class="empty">{say(texts.noAccounts, language)}</p>}
      <div class="rows">
        {accounts.map((account) => (
          <div>
            <div class="what">
              <strong>@{account.username}</strong>
              <small>
                {say(texts[account.kind], language)} · {say(texts.since, language)}{' '}
                <Time at={account.connectedAt} {...at} />
              </small>
            </div>
            {account.state === 'connected' ? (
              <Badge state="ok" language={language} text={texts.connected} />
            ) : (
              <Badge state="bad" language={language} text={texts.loggedOut} />
            )}
            <Events
              account={account}
              own={subscriptions.filter((one) => one.account === account.id)}
              at={at}
              csrf={csrf}
            />
            <div class="actions">
              {account.state === 'log-in-again' && account.kind !== 'static' && (
                <Act
                  to={`/login/twitter${account.kind === 'oauth2' ? '?v=2' : ''}`}
                  csrf={csrf}
                  text={say(texts.logInAgain, language)}
                  kind="primary"
                />
              )}
              {account.kind !== 'static' && (
                <a class="button danger" href={`/admin/twitter/accounts/${account.id}/disconnect`}>
                  {say(texts.disconnect, language)}
                </a>
              )}
            </div>
          </div>
        ))}
      </div>
    </Card>
  );
}

function Events({
  account,
  own,
  at: { language },
  csrf,
}: Shown & { readonly account: Account; readonly own: readonly ListedSubscription[] }) {
  return (
    <details class="bar">
      <summary>
        {say(texts.events, language)}{' '}
        <small>{say(texts.subscriptions, language, { count: own.length })}</small>
      </summary>
      <form method="post" action={`/admin/twitter/accounts/${account.id}/events`} class="stack">
        <input type="hidden" name="csrf" value={csrf} />
        <fieldset>
          {EVENT_CHOICES.map(({ type, always, ...text }) => (
            <label>
              <input
                type="checkbox"
                name="type"
                value={type}
                checked={always || account.eventTypes.includes(type)}
                disabled={always}
              />
              <span>
                {text[language]} {always && <small>({say(texts.always, language)})</small>}
              </span>
            </label>
          ))}
          <label>
            <input type="checkbox" name="aaa" value="yes" checked={account.usesAaa} />
            <span>{say(texts.aaa, language)}</span>
          </label>
        </fieldset>
        <div class="actions">
          <button type="submit">{say(texts.save, language)}</button>
        </div>
      </form>
      <ul class="rows">
        {own.map(({ id, type }) => (
          <li>
            <span class="what">
              <code>{type}</code>
            </span>
            <a class="quiet" href={`/admin/twitter/subscriptions/${id}/remove`}>
              {say(texts.remove, language)}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** How to connect an account, by what the app's keys allow. */
export function Connect({
  has1,
  has2,
  callbackUrl,
  at: { language },
  csrf,
}: Shown & { readonly has1: boolean; readonly has2: boolean; readonly callbackUrl: string }) {
  return (
    <Card title={say(texts.connect, language)}>
      {has1 || has2 ? (
        <>
          <p class="soft">{say(texts.connectText, language)}</p>
          <div class="actions">
            {has2 && (
              <Act
                to="/login/twitter?v=2"
                csrf={csrf}
                text={say(texts.connect2, language)}
                kind="primary"
              />
            )}
            {has1 && (
              <Act
                to="/login/twitter"
                csrf={csrf}
                text={say(texts.connect1, language)}
                {...(has2 ? {} : { kind: 'primary' as const })}
              />
            )}
          </div>
          <p class="soft">
            {say(texts.callback, language)} <code>{callbackUrl}</code>
          </p>
        </>
      ) : (
        <p>{say(texts.noKeys, language)}</p>
      )}
    </Card>
  );
}

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
