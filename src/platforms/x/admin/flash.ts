import type { FlashText } from '../../../bot/feature.ts';
import type { Flash } from '../../../ui/admin/flash.ts';
import { type WebhookFailure, webhookFailureTexts } from '../failure.ts';

/** What can be told after an action on X's pages; of what X did not do, why. */
export const flash: Readonly<Record<string, FlashText>> = {
  connected: { ko: '@{name} 계정을 연결했어요.', en: '@{name} is connected.' },
  disconnected: {
    ko: '@{name} 연결을 끊고 X의 토큰도 없앴어요. 지운 구독: {count}개',
    en: '@{name} is disconnected and its token at X is gone. Subscriptions removed: {count}',
  },
  'disconnected-here': {
    ko: '@{name} 연결을 여기서 끊었어요. X가 토큰을 없애지 못했으니 X의 설정 > 연결된 앱에서도 지워 주세요.',
    en: '@{name} is disconnected here, but X did not revoke the token: remove the app in X under Settings > Connected apps too.',
  },
  'webhook-ready': {
    ko: '웹훅이 준비됐어요. CRC에 답하는 비밀 값: {secret}',
    en: 'The webhook is ready. Secret that answers CRC: {secret}',
  },
  'webhook-invalid': {
    ko: '웹훅을 등록했지만 X가 아직 유효하다고 하지 않아요. 점검에서 까닭을 볼 수 있어요.',
    en: 'The webhook is registered, but X does not call it valid yet. The check-up tells why.',
    isBad: true,
  },
  'webhook-removed': { ko: '웹훅을 지웠어요.', en: 'The webhook is removed.' },
  replaying: {
    ko: '지난 24시간의 이벤트를 다시 보내 달라고 했어요. 이미 처리한 것은 두 번 답하지 않아요.',
    en: 'X will send the last 24 hours again. What was handled already is not answered twice.',
  },
  subscribed: {
    ko: '@{name}: 새 구독 {created}개, 이미 있던 것 {existing}개, 지운 것 {removed}개',
    en: '@{name}: {created} subscriptions new, {existing} there already, {removed} removed',
  },
  'subscription-failed': {
    ko: '{type} 구독을 X가 받지 않았어요: {reason}',
    en: 'X did not take the subscription to {type}: {reason}',
    isBad: true,
  },
  'subscription-removed': { ko: '구독을 지웠어요.', en: 'The subscription is removed.' },
  ...Object.fromEntries(
    Object.entries(webhookFailureTexts).map(([reason, { ko, en }]) => [
      `failed-${reason}`,
      { ko: `${ko}{detail}`, en: `${en}{detail}`, isBad: true },
    ]),
  ),
};

/** What X did not do, and why. */
export function failed({ reason, detail }: WebhookFailure): Flash {
  return { key: `x/failed-${reason}`, values: { detail: detail === '' ? '' : ` (${detail})` } };
}
