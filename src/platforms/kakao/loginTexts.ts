import type { Context } from 'hono';
import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { base64url } from '../../lib/encoding.ts';
import { HOUR_MS, SECOND_MS } from '../../lib/time.ts';
import type { Text } from '../../ui/language.ts';
import { dropPrivateCookie, readPrivateCookie, setPrivateCookie } from '../../ui/secure.ts';
import { linkSchema } from './link.ts';
import type { KakaoLoginFailure } from './login.ts';
import { readKakaoLogin } from './store/kakaoLogins.ts';

const COOKIE = 'soshik-kakao';
/** Name the cookie is sealed under. */
const SEALED_AS = 'kakao session';
const SESSION_MS = HOUR_MS;

const schema = v.object({
  /** App user id. */
  id: v.string(),
  nonce: v.string(),
  /** Since when the login is connected: once it was ended, a later one is another. */
  since: v.number(),
  /** A chat that may be tied to the login, once the person agrees. */
  link: v.nullable(linkSchema),
  expiresAt: v.number(),
});

/** Somebody who has just logged in with Kakao; their app user id stays sealed. */
export type KakaoSession = Readonly<Pick<v.InferOutput<typeof schema>, 'id' | 'link'>> & {
  /** What every form of this session has to carry. */
  readonly csrf: string;
};

/** Begins a session of an hour in this browser. */
export async function startKakaoSession(
  context: Context,
  ctx: Bot,
  login: Pick<KakaoSession, 'id' | 'link'>,
): Promise<void> {
  const [sealer, known] = await Promise.all([ctx.sealer(), readKakaoLogin(ctx.db, login.id)]);
  if (!sealer || known === null) return;
  const session: v.InferOutput<typeof schema> = {
    id: login.id,
    nonce: base64url(ctx.runtime.randomBytes(16)),
    since: known.stateSince,
    link: login.link,
    expiresAt: ctx.runtime.now() + SESSION_MS,
  };
  const sealed = await sealer.seal(SEALED_AS, JSON.stringify(session));
  setPrivateCookie(context, COOKIE, sealed, SESSION_MS / SECOND_MS);
}

/** The session of this browser, or `null` when there is none, or it or its login is over, or forged. */
export async function readKakaoSession(context: Context, ctx: Bot): Promise<KakaoSession | null> {
  const [sealer, signer] = await Promise.all([ctx.sealer(), ctx.signer()]);
  const opened = await sealer?.open(SEALED_AS, readPrivateCookie(context, COOKIE) ?? '');
  const text = opened?.ok ? opened.value : '';
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (!signer || !parsed.success || ctx.runtime.now() >= parsed.output.expiresAt) return null;
  const { id, link, nonce, since, expiresAt } = parsed.output;
  const login = await readKakaoLogin(ctx.db, id);
  if (login?.state !== 'connected' || login.stateSince !== since) return null;
  return { id, link, csrf: await signer.sign('csrf', `kakao ${id} ${nonce}`, expiresAt) };
}

export function endKakaoSession(context: Context): void {
  dropPrivateCookie(context, COOKIE);
}

export const kakaoTexts = {
  title: { ko: '카카오톡으로 소식 받기', en: 'News on KakaoTalk' },
  connected: {
    ko: '카카오 로그인이 되었어요. 이제 소식이 카카오톡의 나와의 채팅으로 가요.',
    en: 'You are logged in with Kakao. News now goes to your own chat in KakaoTalk.',
  },
  nobodyYet: {
    ko: '카카오 로그인이 되었어요. 아래에서 확인하면 소식이 카카오톡으로 가요.',
    en: 'You are logged in with Kakao. Confirm below and news goes to KakaoTalk.',
  },
  tieTitle: {
    ko: '이 대화의 소식을 카카오톡으로 받을까요?',
    en: 'Send this chat’s news to KakaoTalk?',
  },
  tieText: {
    ko: '{channel}의 대화 {chat}에서 받던 소식이 앞으로 내 카카오톡으로 와요. 내 대화가 아니거나 누가 보내 준 링크라면 누르지 마세요.',
    en: 'News of the chat {chat} on {channel} comes to your KakaoTalk from now on. Go on only if it is your chat and the bot gave you this link there.',
  },
  tie: { ko: '카카오톡으로 받기', en: 'Send it to KakaoTalk' },
  news: { ko: '받을 소식', en: 'What you hear of' },
  menuOn: {
    ko: '식단을 아침, 점심, 저녁 때에 맞춰 보내 드려요.',
    en: 'The menu comes at breakfast, lunch and dinner time.',
  },
  menuOff: { ko: '식단을 보내지 않고 있어요.', en: 'The menu is switched off.' },
  menu: { ko: '식단', en: 'Menu' },
  turnOn: { ko: '켜기', en: 'Switch on' },
  turnOff: { ko: '끄기', en: 'Switch off' },
  repositories: {
    ko: '저장소 소식은 봇과의 대화에서 고를 수 있어요.',
    en: 'Repositories are chosen in the chat with the bot.',
  },
  leave: { ko: '그만 받기', en: 'Stop' },
  leaveText: {
    ko: '로그아웃하면 소식이 멈추고 고른 소식은 남아요. 연결을 끊으면 카카오에서도 이 앱이 지워지고, 여기서도 한 시간 안에 모두 지워져요.',
    en: 'Logging out stops the news and keeps your choices. Disconnecting also removes this app at Kakao, and all of it here within an hour.',
  },
  logout: { ko: '로그아웃', en: 'Log out' },
  unlink: { ko: '연결 끊기', en: 'Disconnect' },
  left: { ko: '연결을 끝냈어요', en: 'It is over' },
  leftText: {
    ko: '보관하던 토큰을 모두 지웠어요. 언제든 다시 로그인할 수 있어요.',
    en: 'All tokens kept here are deleted. You can log in again at any time.',
  },
  leftHere: {
    ko: '여기의 토큰은 모두 지웠지만 카카오가 확인해 주지 않았어요. 카카오톡 > 설정 > 카카오계정 > 연결된 서비스 관리에서 끊어 주세요.',
    en: 'All tokens kept here are deleted, but Kakao did not confirm. Disconnect in KakaoTalk > Settings > Kakao Account > Connected services.',
  },
  login: { ko: '카카오로 로그인', en: 'Log in with Kakao' },
  again: { ko: '다시 로그인', en: 'Log in again' },
  ended: { ko: '로그인이 필요해요', en: 'Please log in' },
  endedText: {
    ko: '카카오로 로그인하면 소식을 고를 수 있어요.',
    en: 'Log in with Kakao to choose your news.',
  },
  ask: { ko: '카카오로 로그인할까요?', en: 'Log in with Kakao?' },
  consentNeeded: { ko: '동의가 하나 필요해요', en: 'One consent is missing' },
  agree: { ko: '동의하러 가기', en: 'Go and agree' },
  foreign: { ko: '이 요청은 받지 않았어요', en: 'This request was not carried out' },
  foreignText: {
    ko: '우리 페이지에서 보낸 것인지 확인할 수 없었어요. 페이지를 새로 열고 다시 눌러 주세요.',
    en: 'There is no proof that it came from our own page. Open the page anew and press again.',
  },
  otherAddressText: {
    ko: '카카오는 PUBLIC_URL로 돌아와요. 로그인은 그 주소에서 시작해야 해요.',
    en: 'Kakao comes back to PUBLIC_URL, so the login has to start there.',
  },
  chat: { ko: '대화', en: 'the chat' },
} as const satisfies Record<string, Text>;

/** What went wrong and what to do, for the person who logs in. */
export const kakaoFailureTexts: Readonly<Record<KakaoLoginFailure, Text>> = {
  'not-configured': {
    ko: '카카오 로그인이 아직 준비되지 않았어요. 봇의 주인에게 알려 주세요.',
    en: 'Kakao Login is not set up yet. Please tell the owner of this bot.',
  },
  configuration: {
    ko: '카카오 쪽 설정이 맞지 않아요. 봇의 주인에게 아래 내용을 알려 주세요.',
    en: 'Something is set up wrong at Kakao. Please tell the owner of this bot what stands below.',
  },
  cancelled: {
    ko: '언제든 다시 로그인할 수 있어요.',
    en: 'You can log in again at any time.',
  },
  'no-consent': {
    ko: '카카오톡 메시지 전송에 동의해 주셔야 소식을 보낼 수 있어요.',
    en: 'News can be sent only with your consent to KakaoTalk messages.',
  },
  expired: {
    ko: '시간이 너무 지났어요. 처음부터 다시 해 주세요.',
    en: 'That took too long. Please start again.',
  },
  'not-this-browser': {
    ko: '이 브라우저에서 시작한 로그인이 아니에요. 여기에서 다시 시작해 주세요.',
    en: 'This login was not begun in this browser. Please start again here.',
  },
  'link-expired': {
    ko: '링크가 더는 통하지 않아요. 봇에게 “연결”이라고 말하면 새 링크를 드려요.',
    en: 'This link does not work any more. Say “login” to the bot and it gives you a new one.',
  },
  'link-used': {
    ko: '이미 쓴 링크예요. 봇에게 “연결”이라고 말하면 새 링크를 드려요.',
    en: 'This link was used before. Say “login” to the bot and it gives you a new one.',
  },
  unavailable: {
    ko: '카카오가 지금은 제대로 답하지 않아요. 잠시 뒤에 다시 해 주세요.',
    en: 'Kakao does not answer properly right now. Please try again in a while.',
  },
};
