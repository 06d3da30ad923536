import type { Credential } from '../../store/tokenKeys.ts';
import type { Text } from '../../ui/language.ts';

export const texts = {
  title: { ko: '로그인을 마치지 못했어요', en: 'The login did not finish' },
  cancelled: { ko: '로그인을 취소했어요', en: 'The login was cancelled' },
  back: { ko: 'X 계정 화면으로', en: 'To the X accounts page' },
  addCallback: {
    ko: 'developer.x.com > 앱 > User authentication settings > Callback URI에 이 주소를 더하고 다시 해 주세요.',
    en: 'Add this address at developer.x.com > your app > User authentication settings > Callback URI, then try again.',
  },
  askedByOther: { ko: 'X 계정을 연결할까요?', en: 'Connect an X account?' },
  askedByOtherText: {
    ko: '다른 페이지에서 이 로그인을 열었어요. 직접 하려던 것이면 눌러 주세요.',
    en: 'Another page opened this login. Go on only if you meant to.',
  },
  goOn: { ko: 'X로 가기', en: 'Go on to X' },
  otherAddress: { ko: '다른 주소에서 열어 주세요', en: 'Open it at the other address' },
  otherAddressText: {
    ko: 'X는 PUBLIC_URL로 돌아와요. 로그인은 그 주소에서 시작해야 해요.',
    en: 'X comes back to PUBLIC_URL, so the login has to start there.',
  },
} as const satisfies Record<string, Text>;

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
export interface LoginRefusal {
  readonly reason: LoginFailure;
  readonly detail: string;
}

/** The account that agreed, and what it gave us. */
export interface Granted {
  readonly id: string;
  readonly username: string;
  readonly credential: Credential;
}

export function refused(
  reason: LoginFailure,
  detail: string,
): { readonly ok: false } & LoginRefusal {
  return { ok: false, reason, detail };
}
