import type { Result } from '../../../lib/result.ts';
import { isKeyOf, withCommas } from '../../../lib/text.ts';
import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import type { Account } from '../../../store/accounts.ts';
import { type BudgetState, readBudgets } from '../../../store/budgets.ts';
import { adminPage, clockOf } from '../../../ui/admin/page.tsx';
import type { AdminContext } from '../../../ui/admin/types.ts';
import { say } from '../../../ui/language.ts';
import { Act, type At, Bar, Card } from '../../../ui/parts.tsx';
import { ALLOWANCES, type MonthSpend, monthSpend } from '../budget.ts';
import { webhookFailureTexts } from '../failure.ts';
import { callbackUrlOf } from '../login.ts';
import { xSettings } from '../settings.ts';
import { EVENT_CHOICES, type ListedSubscription, subscriptions } from '../subscriptions.ts';
import { ownAccounts } from '../upkeep.ts';
import { type ListedWebhook, type WebhookFailure, webhooks } from '../webhook.ts';
import { Accounts, Connect, Webhooks } from './connections.tsx';
import { spendNames, texts } from './texts.ts';

/** `/admin/twitter`: accounts, webhook, subscriptions, limits and what the month costs. */
export async function twitterPage(context: AdminContext): Promise<Response> {
  const ctx = context.get('bot');
  const at = clockOf(context);
  const { csrf } = context.get('session');
  const [accounts, listed, subscribed, budgets, spend] = await Promise.all([
    ownAccounts(ctx),
    webhooks(ctx),
    subscriptions(ctx),
    readBudgets(ctx.db, at.now),
    monthSpend(ctx.db, at.now, ctx.config.timeZone),
  ]);
  const twitter = ctx.read(xSettings);
  return adminPage(
    context,
    { title: texts.title, lead: texts.lead, under: '/admin/twitter' },
    <>
      <NextStep
        accounts={accounts}
        webhooks={listed}
        subscriptions={subscribed}
        at={at}
        csrf={csrf}
      />
      <div class="two">
        <div>
          <Accounts
            accounts={accounts}
            subscriptions={subscribed.ok ? subscribed.value : []}
            at={at}
            csrf={csrf}
          />
          <Connect
            has1={twitter.consumer !== null}
            has2={twitter.oauth2 !== null}
            callbackUrl={callbackUrlOf(ctx.publicUrl ?? context.req.url)}
            at={at}
            csrf={csrf}
          />
        </div>
        <div>
          <Webhooks listed={listed} settings={twitter} at={at} csrf={csrf} />
          <Budgets budgets={budgets.flatMap(withLimit)} accounts={accounts} at={at} />
          <Spend spend={spend} at={at} />
        </div>
      </div>
    </>,
  );
}

/** A budget with its limit: the platform's own word, else the published one. */
function withLimit(budget: BudgetState): (BudgetState & { readonly limit: number })[] {
  const { kind, account, spanMs, toldLimit } = budget;
  if (kind !== 'post' && kind !== 'dm') return [];
  const per = account === '*' ? 'app' : 'account';
  const published = ALLOWANCES[kind].find((one) => one.spanMs === spanMs && one.per === per);
  const limit = Math.min(toldLimit ?? Infinity, published?.limit ?? Infinity);
  return Number.isFinite(limit) ? [{ ...budget, limit }] : [];
}

/** What stands between now and an answered message: one thing, with its button. */
function NextStep({
  accounts,
  webhooks: listed,
  subscriptions: subscribed,
  at: { language },
  csrf,
}: {
  accounts: readonly Account[];
  webhooks: Result<readonly ListedWebhook[], WebhookFailure>;
  subscriptions: Result<readonly ListedSubscription[], WebhookFailure>;
  at: At;
  csrf: string;
}) {
  if (accounts.length === 0) {
    return (
      <section class="card verdict warn">
        <h2>{say(texts.firstConnect, language)}</h2>
        <p class="soft">{say(texts.firstConnectText, language)}</p>
      </section>
    );
  }
  const loggedOut = accounts.find(({ state }) => state === 'log-in-again');
  if (loggedOut) {
    return (
      <section class="card verdict bad">
        <h2>{say(texts.again, language)}</h2>
        <p class="soft">{say(texts.againText, language, { name: loggedOut.username })}</p>
      </section>
    );
  }
  const refused = listed.ok ? subscribed : listed;
  if (!refused.ok) {
    return (
      <section class="card verdict bad">
        <h2>{say(texts.unknown, language)}</h2>
        <p>
          {webhookFailureTexts[refused.reason][language]}{' '}
          {refused.detail !== '' && <code>{refused.detail}</code>}
        </p>
      </section>
    );
  }
  if (isReady(accounts, listed.ok ? listed.value : [], subscribed.ok ? subscribed.value : [])) {
    return (
      <section class="card verdict ok">
        <h2>{say(texts.ready, language)}</h2>
        <p class="soft">{say(texts.readyText, language)}</p>
      </section>
    );
  }
  return (
    <section class="card verdict warn">
      <h2>{say(texts.almost, language)}</h2>
      <p class="soft">{say(texts.almostText, language)}</p>
      <div class="actions">
        <Act
          to="/admin/twitter/setup"
          csrf={csrf}
          text={say(texts.setUp, language)}
          kind="primary"
        />
      </div>
    </section>
  );
}

/** A valid webhook of ours, and at it everything that every account always gets. */
function isReady(
  accounts: readonly Account[],
  listed: readonly ListedWebhook[],
  subscribed: readonly ListedSubscription[],
): boolean {
  const ours = listed.find(({ isOurs, valid }) => isOurs && valid);
  if (!ours) return false;
  const always = EVENT_CHOICES.filter((choice) => choice.always);
  return accounts.every(({ id }) =>
    always.every(({ type }) =>
      subscribed.some(
        (one) =>
          one.account === id &&
          one.type === type &&
          (one.webhookId === null || one.webhookId === ours.id),
      ),
    ),
  );
}

/** How much of each open limit is used. */
function Budgets({
  budgets,
  accounts,
  at: { language },
}: {
  budgets: readonly (BudgetState & { readonly limit: number })[];
  accounts: readonly Account[];
  at: At;
}) {
  const names = new Map(accounts.map(({ id, username }) => [`twitter:${id}`, `@${username}`]));
  const label = ({ account, kind, spanMs }: BudgetState) => {
    const who =
      account === '*'
        ? say(texts.wholeApp, language)
        : (names.get(account) ?? account.split(':')[1]);
    const span =
      spanMs < HOUR_MS
        ? say(texts.minutes, language, { count: spanMs / MINUTE_MS })
        : say(texts.hours, language, { count: spanMs / HOUR_MS });
    const what = kind === 'post' ? texts.post : kind === 'dm' ? texts.dm : null;
    return `${what ? say(what, language) : kind} · ${who} · ${span}`;
  };
  return (
    <Card title={say(texts.budgets, language)} lead={say(texts.budgetsLead, language)}>
      {budgets.length === 0 && <p class="empty">{say(texts.noBudgets, language)}</p>}
      {budgets.map((budget) => (
        <Bar label={label(budget)} used={budget.used} limit={budget.limit} />
      ))}
    </Card>
  );
}

/** What the month so far costs. */
function Spend({ spend, at: { language } }: { spend: MonthSpend; at: At }) {
  const dollars = (usd: number | null) =>
    usd === null ? say(texts.noPrice, language) : `$${usd.toFixed(3)}`;
  return (
    <Card
      title={say(texts.spend, language)}
      lead={say(texts.spendLead, language, { since: spend.since })}
    >
      {spend.items.length === 0 ? (
        <p class="empty">{say(texts.noSpend, language)}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{say(texts.what, language)}</th>
              <th scope="col" class="number">
                {say(texts.count, language)}
              </th>
              <th scope="col" class="number">
                {say(texts.usd, language)}
              </th>
            </tr>
          </thead>
          <tbody>
            {spend.items.map((item) => {
              const name = isKeyOf(spendNames, item.what) ? spendNames[item.what] : null;
              return (
                <tr>
                  <td>
                    {name ? say(name, language) : <code>{item.what.replace(/^event:/, '')}</code>}
                  </td>
                  <td class="number">{withCommas(item.count)}</td>
                  <td class="number">{dollars(item.usd)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colspan={2}>
                {say(texts.sum, language)}
              </th>
              <td class="number">{dollars(spend.usd)}</td>
            </tr>
          </tfoot>
        </table>
      )}
    </Card>
  );
}
