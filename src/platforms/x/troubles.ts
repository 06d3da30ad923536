import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import type { Trouble } from '../../bot/owner/words.ts';
import { readAccounts } from '../../store/accounts.ts';
import { readSetting } from '../../store/settings.ts';
import { type WebhookFailureReason, webhookFailureTexts } from './failure.ts';
import { SUBSCRIPTIONS_STATE, WEBHOOK_STATE } from './upkeep.ts';

const page = '/admin/twitter' as const;

/** What is wrong with the webhook, its subscriptions and the accounts' logins. */
export async function xTroubles({ db }: Bot): Promise<readonly Trouble[]> {
  const accounts = await readAccounts(db, 'twitter');
  const [webhook, ...subscriptions] = await Promise.all([
    readSetting(db, WEBHOOK_STATE, v.string()),
    ...accounts.map(({ id }) => readSetting(db, SUBSCRIPTIONS_STATE + id, v.string())),
  ]);
  return [
    ...failing(webhook ?? null, {
      key: 'x:webhook',
      feature: 'twitter-webhook',
      what: { ko: 'X에서 오는 메시지를 받지 못해요', en: 'Messages from X do not arrive' },
    }),
    ...accounts.flatMap(({ id, username, state }, index) => [
      ...failing(subscriptions[index] ?? null, {
        key: `x:subscriptions:${id}`,
        feature: 'twitter-webhook',
        what: {
          ko: `X가 @${username} 계정에 온 메시지를 전해 주지 않아요`,
          en: `X does not pass on what is written to @${username}`,
        },
      }),
      ...failing(state === 'log-in-again' ? state : null, {
        key: `x:login:${id}`,
        feature: 'twitter-account',
        what: {
          ko: `@${username} 계정의 로그인이 끝났어요`,
          en: `The login of @${username} is over`,
        },
      }),
    ]),
  ];
}

function failing(
  state: string | null,
  about: Pick<Trouble, 'key' | 'feature' | 'what'>,
): readonly Trouble[] {
  if (state === null || !isReason(state)) return [];
  return [{ ...about, reason: state, advice: webhookFailureTexts[state], page }];
}

function isReason(state: string): state is WebhookFailureReason {
  return Object.hasOwn(webhookFailureTexts, state);
}
