import * as v from 'valibot';
import type { Bot } from '../../bot/context.ts';
import { publicUrlOf } from '../../bot/http.ts';
import { isGroup } from '../../bot/platform.ts';
import type { Phrasing } from '../../bot/talk/grammar/choose.ts';
import { has, type Words } from '../../bot/talk/grammar/utterance.ts';
import { suggestionsIn } from '../../bot/talk/hint.ts';
import { texts } from '../../bot/talk/talkTexts.ts';
import type { Intent, Vocabulary } from '../../bot/talk/types.ts';
import { base64url } from '../../lib/encoding.ts';
import type { Result } from '../../lib/result.ts';
import { MINUTE_MS } from '../../lib/time.ts';
import type { Person } from '../../store/people.ts';
import { kakaoSettings } from './settings.ts';
import {
  channelOfPerson,
  claimKakaoLink,
  isKakaoLinkUsed,
  tieChat,
  untiePerson,
} from './store/kakaoTies.ts';

const LINK_MS = 15 * MINUTE_MS;

/** What a link holds: whose chat it ties to a login, once. */
export const linkSchema = v.object({
  person: v.number(),
  nonce: v.string(),
  /** Epoch milliseconds. */
  expiresAt: v.number(),
});
export type ChatLink = Readonly<v.InferOutput<typeof linkSchema>>;

/** Why a link is not followed: too old or not ours, used, or its person is gone. */
export interface LinkRefusal {
  readonly reason: 'link-expired' | 'link-used';
}

const signedSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ person: v.number(), nonce: v.string() }),
);

/**
 * Address, from the Worker's root, at which a person who chats with the bot ties this chat to a
 * Kakao login. It works for 15 minutes, once; whoever has it can use it.
 *
 * @returns `null` when `TOKEN_KEY` or `KAKAO_REST_API_KEY` is missing
 */
export async function linkPath(ctx: Bot, personId: number): Promise<string | null> {
  const signer = await ctx.signer();
  if (!signer || ctx.read(kakaoSettings).restApiKey === null) return null;
  const nonce = base64url(ctx.runtime.randomBytes(12));
  const text = JSON.stringify({ person: personId, nonce });
  const signed = await signer.sign('link', text, ctx.runtime.now() + LINK_MS);
  return `/login/kakao?link=${signed}`;
}

/** Reads a link; nothing is used up by it. */
export async function readLink(ctx: Bot, signed: string): Promise<Result<ChatLink, LinkRefusal>> {
  const verified = await (await ctx.signer())?.verify('link', signed);
  const parsed = v.safeParse(signedSchema, verified?.ok ? verified.value.text : '');
  if (!verified?.ok || !parsed.success) return { ok: false, reason: 'link-expired' };
  const link = { ...parsed.output, expiresAt: verified.value.expiresAt };
  return (await isKakaoLinkUsed(ctx.db, link.nonce))
    ? { ok: false, reason: 'link-used' }
    : { ok: true, value: link };
}

/** The person has agreed: the chat's news goes to their KakaoTalk from now on. Uses the link up. */
export async function followLink(
  ctx: Bot,
  link: ChatLink,
  kakaoId: string,
): Promise<Result<null, LinkRefusal>> {
  const { db, runtime } = ctx;
  const now = runtime.now();
  const isGone = (await channelOfPerson(db, link.person)) === null;
  if (now >= link.expiresAt || isGone) return { ok: false, reason: 'link-expired' };
  if (!(await claimKakaoLink(db, link.nonce, link.expiresAt))) {
    return { ok: false, reason: 'link-used' };
  }
  await db.batch(tieChat(db, link.person, kakaoId, now));
  return { ok: true, value: null };
}

const linkWords: Words = {
  link: '링크, 로그인 링크, 연결 링크, 연동 링크, 연결, 연결하기, 연결할래, 연동, 연동하기, 로그인, 로그인하기, 로긴, 계정연결, 카톡연결, 카카오 로그인, login link, login, log me in, sign me in, logging in, sign in, connect, connection, connecting, link, linking, pair, hook up',
  unlink:
    '연결 해제, 연결 끊어, 연결 끊기, 연결 끊, 연동 해제, 연동 끊, 로그아웃, 카톡 연결 해제, logout, disconnect, unlink, sign out',
};

/** `연결`, `카톡으로 받고 싶어`; `연결 해제`. */
const linkPhrasings: readonly Phrasing[] = [
  {
    says: [
      'link',
      'link kakao',
      'kakao',
      'kakao on',
      'kakao want',
      'kakao alert',
      'kakao show',
      'unlink',
      'kakao off',
      'kakao unlink',
      'link off',
      'link remove',
      'link cancel',
      'kakao cancel',
    ],
    with: 'kakao data mine want show how is on alert say person count off unlink remove cancel please',
    not: 'menu netflix cat address',
  },
];

/** The name under which a link of ours is made anew. */
export const LOGIN_LINK = 'kakao-login';

/** Where somebody ties their chat to a Kakao login, for a quarter of an hour; `null` while it is off. */
export async function loginAddress(bot: Bot, { id }: Pick<Person, 'id'>): Promise<string | null> {
  const origin = await publicUrlOf(bot);
  const path = origin === null ? null : await linkPath(bot, id);
  return path === null ? null : `${origin}${path}`;
}

/** `연결`: a link that lets KakaoTalk carry this person's news; `연결 해제`: no more. */
export const link: Intent = {
  id: 'link',
  phrasings: linkPhrasings,
  example: { ko: '연결', en: 'login' },
  async reply(bot, person, utterance) {
    const { language } = person;
    const said = (text: string) => ({ text, suggestions: suggestionsIn(bot, language), person });
    if (has(utterance, 'unlink') || (has(utterance, 'off') && has(utterance, 'link', 'kakao'))) {
      return {
        ...said(texts.unlinked[language]()),
        person: { ...person, kakaoId: null },
        writes: untiePerson(bot.db, person.id, bot.runtime.now()),
      };
    }
    // One of them would take the news from all the others.
    if (isGroup(bot, person)) return said(texts.linkInGroup[language]());
    const url = await loginAddress(bot, person);
    if (url === null) return said(texts.linkOff[language]());
    return {
      ...said(texts.link[language]()),
      suggestions: [],
      links: [{ label: texts.linkButton[language](), url, made: LOGIN_LINK }],
    };
  },
};

export const linkVocabulary: Vocabulary = { words: linkWords };
