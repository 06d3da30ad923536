import type { Bot } from '../../bot/context.ts';
import type { Text } from '../../lib/text.ts';
import { type OwnerNews, tellOwner } from '../../store/ownerNews.ts';

/** What the owner may be told about X. Each piece of news names an account, a webhook or neither. */
export type TwitterNewsKind =
  | 'log-in-again'
  | 'consent-revoked'
  | 'login-ends-soon'
  | 'webhook-healed'
  | 'webhook-failing'
  | 'subscriptions-recreated'
  | 'subscriptions-failing'
  | 'clock-wrong'
  | 'encrypted-chats';

type Detail = OwnerNews['detail'];

const texts: Readonly<Record<TwitterNewsKind, (detail: Detail) => Text>> = {
  'log-in-again': ({ username }) => ({
    ko: `@${username} 계정의 로그인이 더는 통하지 않아요. 다시 로그인하면 밀린 소식이 나가요.`,
    en: `The login of @${username} does not work any more. Log in again and what waits goes out.`,
  }),
  'consent-revoked': ({ username }) => ({
    ko: `@${username} 계정이 이 앱의 허락을 거두었어요. 계정과 토큰을 지웠어요.`,
    en: `@${username} withdrew this app's consent. The account and its tokens are deleted.`,
  }),
  'login-ends-soon': ({ username, day }) => ({
    ko: `@${username} 계정의 로그인이 ${day}에 끝나요. 그 전에 다시 로그인해 주세요.`,
    en: `The login of @${username} ends on ${day}. Please log in again before that.`,
  }),
  'webhook-healed': ({ url }) => ({
    ko: `X가 웹훅을 꺼 두었기에 다시 켰어요: ${url}`,
    en: `X had switched the webhook off; it is on again: ${url}`,
  }),
  'webhook-failing': ({ reason }) => ({
    ko: `웹훅이 동작하지 않고 스스로 고치지 못했어요 (${reason}). 점검 화면을 봐 주세요.`,
    en: `The webhook does not work and could not be mended (${reason}). See the doctor page.`,
  }),
  'subscriptions-recreated': ({ username, count }) => ({
    ko: `@${username} 계정의 사라진 구독 ${count}개를 다시 만들었어요.`,
    en: `Subscriptions of @${username} that had vanished were made again: ${count}.`,
  }),
  'subscriptions-failing': ({ username, reason }) => ({
    ko: `@${username} 계정의 구독을 만들지 못했어요 (${reason}).`,
    en: `Subscriptions of @${username} could not be made (${reason}).`,
  }),
  'clock-wrong': ({ minutes }) => ({
    ko: `봇의 시계가 X와 ${minutes}분 달라요. 그래서 X가 요청을 거절해요.`,
    en: `The bot's clock differs from X's by ${minutes} minutes, so X refuses its calls.`,
  }),
  'encrypted-chats': () => ({
    ko: '암호화된 메시지가 왔어요. 봇은 읽을 수 없어서 세기만 해요. 상대에게 일반 메시지로 보내 달라고 알려 주세요.',
    en: 'An encrypted message came. The bot cannot read those, it only counts them. Ask people to write ordinary messages.',
  }),
};

/**
 * What a piece of news says.
 *
 * @returns `null` for news that is not about X
 */
export function newsText({ kind, detail }: Pick<OwnerNews, 'kind' | 'detail'>) {
  return isKnown(kind) ? texts[kind](detail) : null;
}

function isKnown(kind: string): kind is TwitterNewsKind {
  return Object.hasOwn(texts, kind);
}

/**
 * Tells the owner once.
 *
 * @param occasion tells this occurrence from others of the same kind
 */
export async function tell(
  { db, runtime }: Pick<Bot, 'db' | 'runtime'>,
  kind: TwitterNewsKind,
  occasion: string,
  detail: Detail,
): Promise<boolean> {
  return tellOwner(db, { key: `twitter:${kind}:${occasion}`, kind, detail }, runtime.now());
}
