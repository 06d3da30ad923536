import type { Bot } from '../../bot/context.ts';
import { examineAccounts } from './doctor/accounts.ts';
import {
  examineBudgets,
  examineClock,
  examineEncryptedChats,
  type Finding,
} from './doctor/budgets.ts';
import { examineApp, examineWebhook } from './doctor/webhook.ts';

export type { Finding } from './doctor/budgets.ts';

const CAUSES = new Set(['clock', 'consumer-keys']);

/** Looks at everything the accounts need, by calls to X where only X knows. Changes nothing. */
export async function examine(ctx: Bot): Promise<Finding[]> {
  const findings = await Promise.all([
    examineApp(ctx),
    examineClock(ctx),
    examineWebhook(ctx),
    examineAccounts(ctx),
    examineBudgets(ctx),
    examineEncryptedChats(ctx),
  ]);
  return withCause(findings.flat());
}

/** Where the clock or the app's keys are wrong no login can work: that is what has to be mended. */
function withCause(findings: readonly Finding[]): Finding[] {
  const cause = findings.find((one) => CAUSES.has(one.id) && isBad(one));
  if (!cause) return [...findings];
  return findings.map((one) =>
    isBad(one) && /^(?:login:|static-keys$)/.test(one.id) ? { ...one, todo: cause.todo } : one,
  );
}

function isBad({ state }: Finding): boolean {
  return state === 'bad';
}
