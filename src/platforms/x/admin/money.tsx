import { HOUR_MS, MINUTE_MS } from '../../../lib/time.ts';
import type { Account } from '../../../store/accounts.ts';
import type { BudgetState } from '../../../store/budgets.ts';
import { say } from '../../../ui/language.ts';
import { type At, Bar, Card, count } from '../../../ui/parts.tsx';
import type { MonthSpend } from '../spend.ts';
import { spendNames, texts } from './texts.ts';

/** How much of each open limit is used. */
export function Budgets({
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
export function Spend({ spend, at: { language } }: { spend: MonthSpend; at: At }) {
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
              const name = spendNames[item.what];
              return (
                <tr>
                  <td>
                    {name ? say(name, language) : <code>{item.what.replace(/^event:/, '')}</code>}
                  </td>
                  <td class="number">{count(item.count)}</td>
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
