import type { FlashText } from '../../../bot/feature.ts';
import type { Flash } from '../../../ui/admin/flash.ts';
import type { Text } from '../../../ui/language.ts';
import type { ChargedItem } from '../budget.ts';
import { type WebhookFailure, webhookFailureTexts } from '../failure.ts';

/** What was done on X's pages. */
const done = {
  connected: { ko: '@{name} 계정을 연결했어요.', en: '@{name} is connected.' },
  'connected-already': {
    ko: '@{name} 계정은 이미 연결되어 있어요.',
    en: '@{name} is connected already.',
  },
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
} as const satisfies Record<string, FlashText>;

/** What can be told after an action on X's pages; of what X did not do, why. */
export const flash: Readonly<Record<string, FlashText>> = {
  ...done,
  ...Object.fromEntries(
    Object.entries(webhookFailureTexts).map(([reason, { ko, en }]) => [
      `failed-${reason}`,
      { ko: `${ko}{detail}`, en: `${en}{detail}`, isBad: true },
    ]),
  ),
};

/** What was done. */
export function told(key: keyof typeof done, values: Flash['values'] = {}): Flash {
  return { key: `x/${key}`, values };
}

/** What X did not do, and why. */
export function failed({ reason, detail }: WebhookFailure): Flash {
  return { key: `x/failed-${reason}`, values: { detail: detail === '' ? '' : ` (${detail})` } };
}

export const texts = {
  title: { ko: 'X 계정', en: 'X accounts' },
  lead: {
    ko: '봇이 쓸 X 계정을 연결하고, X가 이 봇에게 무엇을 보낼지 정해요.',
    en: 'Connect the X accounts the bot uses, and choose what X sends to it.',
  },

  ready: { ko: '받을 준비가 됐어요', en: 'Ready to receive' },
  readyText: {
    ko: '다른 X 계정에서 봇에게 ‘고양이’라고 메시지를 보내 보세요.',
    en: 'From another X account, send the bot a message that says “cat”.',
  },
  firstConnect: { ko: '먼저 계정을 연결해 주세요', en: 'First, connect an account' },
  firstConnectText: {
    ko: 'X로 로그인하면 그 계정이 봇의 계정이 돼요.',
    en: 'Log in with X, and that account becomes the bot’s.',
  },
  again: { ko: '다시 로그인해 주세요', en: 'Please log in again' },
  againText: {
    ko: 'X가 @{name} 계정의 로그인을 더는 받지 않아요. 다시 로그인하면 밀린 것부터 보내요.',
    en: 'X does not accept the login of @{name} any more. Log in again, and what waits goes out.',
  },
  almost: { ko: '한 번만 더 누르면 돼요', en: 'One more press' },
  almostText: {
    ko: '웹훅을 등록하고 연결된 계정을 모두 구독해요. 여러 번 눌러도 괜찮아요.',
    en: 'Registers the webhook and subscribes every connected account. Safe to press again.',
  },
  setUp: { ko: '받을 준비 마치기', en: 'Finish setting up' },
  unknown: { ko: 'X에 물어볼 수 없어요', en: 'X cannot be asked' },

  accounts: { ko: '연결된 계정', en: 'Connected accounts' },
  noAccounts: { ko: '아직 연결된 계정이 없어요.', en: 'No account is connected yet.' },
  connected: { ko: '연결됨', en: 'Connected' },
  loggedOut: { ko: '로그인이 끝남', en: 'Logged out' },
  logInAgain: { ko: '다시 로그인하기', en: 'Log in again' },
  oauth1: { ko: 'OAuth 1.0a 로그인', en: 'Login by OAuth 1.0a' },
  oauth2: { ko: 'OAuth 2.0 로그인', en: 'Login by OAuth 2.0' },
  static: { ko: '비밀 값에 있는 키로 연결', en: 'By the keys among the secrets' },
  since: { ko: '연결한 때', en: 'Connected' },
  disconnect: { ko: '연결 끊기', en: 'Disconnect' },
  events: { ko: '받을 이벤트 고르기', en: 'Choose events' },
  always: { ko: '늘 받음', en: 'always' },
  aaa: {
    ko: 'Account Activity API로도 받기 (옛 방식, 계정 3개까지)',
    en: 'Also by the Account Activity API (older, 3 accounts at most)',
  },
  save: { ko: '저장하고 구독하기', en: 'Save and subscribe' },
  subscriptions: { ko: '지금 구독: {count}개', en: 'Subscriptions now: {count}' },
  remove: { ko: '지우기', en: 'Remove' },

  connect: { ko: '계정 연결하기', en: 'Connect an account' },
  connectText: {
    ko: '지금 X에 로그인된 계정이 연결돼요. 다른 계정을 더하려면 X에서 계정을 먼저 바꿔 주세요.',
    en: 'The account logged in at X right now gets connected. To add another, switch accounts at X first.',
  },
  connect1: { ko: 'X로 로그인 (OAuth 1.0a)', en: 'Log in with X (OAuth 1.0a)' },
  connect2: { ko: 'X로 로그인 (OAuth 2.0)', en: 'Log in with X (OAuth 2.0)' },
  callback: {
    ko: 'developer.x.com > 앱 > User authentication settings > Callback URI에 이 주소가 있어야 해요.',
    en: 'developer.x.com > your app > User authentication settings > Callback URI has to list this address.',
  },
  noKeys: {
    ko: '로그인하려면 비밀 값 TWITTER_API_KEY와 TWITTER_API_SECRET, 또는 TWITTER_CLIENT_ID와 TWITTER_CLIENT_SECRET이 있어야 해요.',
    en: 'Logging in needs the secrets TWITTER_API_KEY and TWITTER_API_SECRET, or TWITTER_CLIENT_ID and TWITTER_CLIENT_SECRET.',
  },

  webhook: { ko: '웹훅', en: 'Webhook' },
  webhookLead: {
    ko: 'X가 메시지와 소식을 보내오는 주소예요.',
    en: 'The address X sends messages and events to.',
  },
  noWebhook: { ko: '등록된 웹훅이 없어요.', en: 'No webhook is registered.' },
  valid: { ko: '유효함', en: 'Valid' },
  invalid: { ko: '유효하지 않음', en: 'Not valid' },
  ours: { ko: '이 봇', en: 'This bot' },
  others: { ko: '이 앱의 다른 주소', en: 'Another address of this app' },
  secret: { ko: 'CRC에 답하는 비밀 값', en: 'Secret that answers CRC' },
  register: { ko: '웹훅 등록하기', en: 'Register the webhook' },
  check: { ko: '다시 확인하기', en: 'Check again' },
  replay: { ko: '지난 24시간 다시 받기', en: 'Replay the last 24 hours' },

  budgets: { ko: '쓴 한도', en: 'Limits used' },
  budgetsLead: {
    ko: '한도를 넘길 것은 다음 시간으로 미뤄서 보내요.',
    en: 'What would go over a limit is sent later.',
  },
  noBudgets: { ko: '지금 쓰고 있는 한도가 없어요.', en: 'No limit is in use right now.' },
  post: { ko: '글', en: 'Posts' },
  dm: { ko: '메시지', en: 'Messages' },
  hours: { ko: '{count}시간', en: '{count} h' },
  minutes: { ko: '{count}분', en: '{count} min' },
  wholeApp: { ko: '앱 전체', en: 'whole app' },

  spend: { ko: '이달의 X 비용 (어림)', en: 'This month at X (estimate)' },
  spendLead: {
    ko: '{since}부터 보낸 것과 받은 것을 X의 가격표로 셈했어요.',
    en: 'What was sent and received since {since}, by X’s price list.',
  },
  noSpend: { ko: '이달에는 아직 비용이 없어요.', en: 'Nothing was charged this month.' },
  what: { ko: '항목', en: 'Item' },
  count: { ko: '개수', en: 'Count' },
  usd: { ko: '달러', en: 'USD' },
  sum: { ko: '합계', en: 'Total' },
  noPrice: { ko: '가격 모름', en: 'not listed' },
} as const satisfies Record<string, Text>;

/** Items of the price list. */
export const spendNames: Readonly<Record<ChargedItem, Text>> = {
  post: { ko: '글', en: 'Posts' },
  'post-with-link': { ko: '링크가 있는 글', en: 'Posts with a link' },
  'direct-message': { ko: '보낸 메시지', en: 'Messages sent' },
  'alt-text': { ko: '그림 설명', en: 'Alt texts' },
};

export const questions = {
  disconnect: {
    title: { ko: '계정 연결을 끊을까요?', en: 'Disconnect the account?' },
    warning: {
      ko: '@{name} 계정의 구독을 지우고, X의 토큰을 없애고, 여기 둔 로그인을 지워요. 이 계정으로는 글도 답장도 나가지 않아요. 다시 쓰려면 새로 로그인해야 해요.',
      en: 'Removes the subscriptions of @{name}, revokes its token at X and forgets its login here. It will post and answer no more until you log in again.',
    },
    yes: { ko: '연결 끊기', en: 'Disconnect' },
  },
  removeWebhook: {
    title: { ko: '웹훅을 지울까요?', en: 'Remove the webhook?' },
    warning: {
      ko: 'X가 이 주소로 더는 아무것도 보내지 않고, 이 웹훅의 구독도 함께 사라져요: {name}',
      en: 'X sends nothing to this address any more, and its subscriptions go with it: {name}',
    },
    yes: { ko: '웹훅 지우기', en: 'Remove it' },
  },
  removeSubscription: {
    title: { ko: '구독을 지울까요?', en: 'Remove the subscription?' },
    warning: {
      ko: '이 이벤트를 X가 더는 보내지 않아요. 늘 받는 이벤트라면 날마다 하는 돌보기 때 다시 만들어져요: {name}',
      en: 'X stops sending this event. One that is always received is made again by the daily upkeep: {name}',
    },
    yes: { ko: '구독 지우기', en: 'Remove it' },
  },
  replay: {
    title: { ko: '지난 24시간을 다시 받을까요?', en: 'Replay the last 24 hours?' },
    warning: {
      ko: 'X가 지난 24시간의 이벤트를 모두 다시 보내요. 이미 처리한 것에는 다시 답하지 않지만, 놓친 메시지에는 지금 답이 나가요.',
      en: 'X sends every event of the last 24 hours again. What was handled is not answered twice, but missed messages get their answer now.',
    },
    yes: { ko: '다시 받기', en: 'Replay' },
  },
} as const satisfies Record<string, { title: Text; warning: Text; yes: Text }>;
