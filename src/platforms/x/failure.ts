import type { Text } from '../../lib/text.ts';
import type { Credential } from '../../store/tokenKeys.ts';
import type { LoginRefusal } from '../../ui/login.tsx';
import type { TwitterFailure } from './api/answer.ts';
import type { TwitterFailureReason } from './api/problem.ts';
import type { NoBearer } from './bearer.ts';

/** What went wrong with a login and what to do, for the owner. */
export const loginFailureTexts: Readonly<Record<LoginFailure, Text>> = {
  'not-configured': {
    ko: '이 로그인에 필요한 비밀값이 아직 없어요. 아래 이름의 비밀값을 넣고 다시 시도해 주세요.',
    en: 'A secret that this login needs is not set yet. Set the ones named below and try again.',
  },
  'callback-not-approved': {
    ko: 'X 앱 설정의 Callback URI 목록에 이 주소가 없어요. 아래 주소를 한 글자도 다르지 않게 넣어 주세요.',
    en: "This address is not on the app's list of callback URIs at X. Add it there, letter for letter.",
  },
  'keys-refused': {
    ko: 'X가 앱의 키를 받아 주지 않았어요. 키와 시크릿이 같은 앱의 것인지, 새로 만든 뒤 바꾸지 않았는지 확인해 주세요.',
    en: "X does not accept the app's keys. Check that key and secret belong to the same app and were not regenerated since.",
  },
  cancelled: {
    ko: '로그인을 취소했어요. 바뀐 것은 없어요.',
    en: 'The login was cancelled. Nothing has changed.',
  },
  expired: {
    ko: '로그인이 너무 오래 걸렸거나 이미 쓰인 링크예요. 처음부터 다시 시작해 주세요.',
    en: 'The login took too long or its link was used before. Please start again.',
  },
  'not-this-browser': {
    ko: '이 브라우저에서 시작한 로그인이 아니에요. 로그인을 시작한 브라우저에서 다시 해 주세요.',
    en: 'This login was not started in this browser. Please start it again here.',
  },
  unavailable: {
    ko: 'X가 지금은 제대로 답하지 않아요. 잠시 뒤에 다시 시도해 주세요.',
    en: 'X does not answer properly right now. Please try again in a while.',
  },
};

/** What is wrong with the webhook or its subscriptions and what to do, for the owner. */
export const webhookFailureTexts: Readonly<Record<WebhookFailureReason, Text>> = {
  'not-configured': {
    ko: '웹훅을 등록하는 데 필요한 설정이 아직 없어요. 아래 이름의 값을 넣어 주세요.',
    en: 'A setting that registering the webhook needs is missing. Set the ones named below.',
  },
  'crc-failed': {
    ko: '웹훅이 X의 확인(CRC)에 옳게 답하지 못했어요. TWITTER_CLIENT_SECRET과 TWITTER_API_SECRET이 이 앱의 것인지 확인하고, 주소 앞에 로그인 화면이나 봇 차단이 없게 해 주세요.',
    en: "The webhook did not pass X's check (CRC). Check that TWITTER_CLIENT_SECRET and TWITTER_API_SECRET belong to this app, and that no login page or bot challenge stands before the address.",
  },
  'url-invalid': {
    ko: 'X가 이 주소를 받지 않아요. https이고 포트가 없으며 밖에서 열리는 200자 이하의 주소여야 해요. PUBLIC_URL을 확인해 주세요.',
    en: 'X does not take this address. It has to be https, without a port, public and at most 200 characters. Check PUBLIC_URL.',
  },
  limit: {
    ko: '이 앱에 등록할 수 있는 웹훅 수가 다 찼어요. 쓰지 않는 웹훅을 목록에서 지운 뒤 다시 시도해 주세요.',
    en: 'The app has no webhook left. Delete one that is not used from the list, then try again.',
  },
  'keys-refused': {
    ko: 'X가 앱의 키를 받아 주지 않았어요. TWITTER_API_KEY와 TWITTER_API_SECRET을 확인해 주세요.',
    en: "X does not accept the app's keys. Check TWITTER_API_KEY and TWITTER_API_SECRET.",
  },
  'log-in-again': {
    ko: '이 계정의 로그인이 더는 통하지 않아요. 다시 로그인해 주세요.',
    en: 'The login of this account does not work any more. Please log in again.',
  },
  forbidden: {
    ko: 'X가 이 앱이나 계정에 허락하지 않는 일이에요. 앱 권한이 "읽기, 쓰기, 메시지"인지 확인하고, 권한을 바꿨다면 다시 로그인해 주세요.',
    en: 'X does not allow this to the app or account. Check that the app may read, write and use direct messages; after a change, log in again.',
  },
  credits: {
    ko: 'X 개발자 계정의 크레딧이 다 떨어졌어요. 크레딧을 채우면 다시 움직여요.',
    en: 'The X developer account has run out of credits. Everything goes on once it is topped up.',
  },
  'not-found': {
    ko: 'X에 그런 것이 없어요. 이미 지워졌을 수 있어요.',
    en: 'X does not know it. It may have been deleted already.',
  },
  'bad-range': {
    ko: '다시 받을 수 있는 것은 지난 24시간 가운데 10분 전까지예요. 시간을 다시 골라 주세요.',
    en: 'Only the last 24 hours, up to 10 minutes ago, can be delivered again. Choose other times.',
  },
  'replay-running': {
    ko: '다시 받기가 이미 진행 중이에요. 끝난 뒤에 다시 시도해 주세요.',
    en: 'A replay is running already. Try again when it is over.',
  },
  invalid: {
    ko: 'X가 이 요청을 받지 않았어요. X의 설명을 봐 주세요.',
    en: 'X does not take this request. See what X says about it.',
  },
  'rate-limited': {
    ko: 'X에 너무 자주 물었어요. 15분 뒤에 다시 시도해 주세요.',
    en: 'X was asked too often. Try again in 15 minutes.',
  },
  unavailable: {
    ko: 'X가 지금은 제대로 답하지 않아요. 잠시 뒤에 다시 시도해 주세요.',
    en: 'X does not answer properly right now. Please try again in a while.',
  },
};

/**
 * Why something about webhook or subscriptions did not work; `webhookFailureTexts` has words for
 * each. `keys-refused` is about the app, `log-in-again` about one account.
 */
export type WebhookFailureReason =
  | NoBearer['reason']
  | 'crc-failed'
  | 'url-invalid'
  | 'limit'
  | 'log-in-again'
  | 'forbidden'
  | 'credits'
  | 'not-found'
  | 'bad-range'
  | 'replay-running'
  | 'invalid';

export interface WebhookFailure {
  readonly reason: WebhookFailureReason;
  /** X's own words, or the names of missing settings. */
  readonly detail: string;
}

export type Failed = { readonly ok: false } & WebhookFailure;

export function failed(reason: WebhookFailureReason, detail = ''): Failed {
  return { ok: false, reason, detail };
}

/** A failed call as the owner is told of it. */
export function failedCall(
  { reason, status, detail }: TwitterFailure<TwitterFailureReason | WebhookFailureReason>,
  who: 'app' | 'account' = 'app',
): Failed {
  if (reason === 'retry') return failed(status === 429 ? 'rate-limited' : 'unavailable', detail);
  if (reason === 'credits-depleted') return failed('credits', detail);
  if (reason === 'unauthorized') {
    return failed(who === 'app' ? 'keys-refused' : 'log-in-again', detail);
  }
  if (reason === 'duplicate' || reason === 'cannot-message') return failed('invalid', detail);
  return failed(reason, detail);
}

/**
 * Why a login did not work:
 * - `not-configured`: the app's keys for this kind of login, or `TOKEN_KEY`, are missing
 * - `callback-not-approved`: the callback address is not on the app's list at X
 * - `keys-refused`: X does not accept the app's keys
 * - `cancelled`: the person said no
 * - `expired`: it took too long, or was used before
 * - `not-this-browser`: the answer belongs to another login
 * - `unavailable`: X does not answer as it should; try again
 */
export type LoginFailure =
  | 'not-configured'
  | 'callback-not-approved'
  | 'keys-refused'
  | 'cancelled'
  | 'expired'
  | 'not-this-browser'
  | 'unavailable';

/** `detail`: names of missing secrets, the callback address, or X's own words. */
export type XLoginRefusal = LoginRefusal<LoginFailure>;

/** The account that agreed, and what it gave us. */
export interface Granted {
  readonly id: string;
  readonly username: string;
  readonly credential: Credential;
}
