import type { Bot } from '../../bot/context.ts';
import type { Headline, Notice, Post, TitlesPost } from '../../bot/notice/notice.ts';
import { fitLines, plainText } from '../../bot/notice/plainText.ts';
import { neutralize, plainLine } from '../../lib/links/neutralize.ts';
import { cutToFit, isKeyOf, type Text } from '../../lib/text.ts';
import type { Language } from '../../lib/time.ts';
import { type OwnerNews, tellOwner } from '../../store/incidents.ts';
import { weightedLength } from './api/weight.ts';

const POST_LIMIT = 280;
const DIRECT_MESSAGE_LIMIT = 10_000;

const words = {
  comesOn: {
    ko: (day: string) => `공개 예정일: ${day}`,
    en: (day: string) => `Coming on: ${day}`,
  },
  threadHead: {
    ko: (number: number, of: number) => `넷플릭스 공개 예정 (${number}/${of})`,
    en: (number: number, of: number) => `Coming to Netflix (${number}/${of})`,
  },
  poster: {
    ko: (title: string) => `넷플릭스 작품 '${title}'의 포스터`,
    en: (title: string) => `Poster of '${title}' on Netflix`,
  },
} satisfies Record<string, Record<Language, (...values: never[]) => string>>;

/**
 * The text of a post about titles to come. One title: `[title]`, newline, `공개 예정일: 2026-11-27`
 * (the seed's format); several: a line each under a head line. Always fits a post: titles are cut
 * at a grapheme, dates and links never. Nothing in a title becomes a mention, tag or link.
 */
export function upcomingText({ titles, language, part }: TitlesPost): string {
  const names = titles.map(({ title, subtitle }) =>
    subtitle === null ? title : `${title} ${subtitle}`,
  );
  const [only] = titles;
  if (only && titles.length === 1 && part === null) {
    const rest = [words.comesOn[language](only.day), ...(only.link ? [only.link] : [])];
    return fitTexts(names, ([name]) => [`[${name}]`, ...rest].join('\n'));
  }
  const head = part ? [words.threadHead[language](part.number, part.of)] : [];
  return fitTexts(names, (cut) =>
    [...head, ...titles.map(({ day }, index) => `[${cut[index]}] ${day}`)].join('\n'),
  );
}

/**
 * The text of a post about one thing: its title, an empty line, what else there is to know, and its
 * page. What is from elsewhere is cut where it does not fit, and becomes no mention, tag or link.
 */
function headlineText({ label, title, lines, link }: Headline): string {
  return fitTexts([title, ...lines.map(({ text }) => text)], ([name, ...texts]) =>
    [
      `${label}${name}`,
      ...(lines.length === 0 ? [] : ['']),
      ...lines.map((line, index) => `${line.label}${texts[index]}`),
      ...(link === null ? [] : [link]),
    ].join('\n'),
  );
}

/** Any post as X shows it. */
export function postText(post: Post): string {
  return post.kind === 'upcoming' ? upcomingText(post) : headlineText(post);
}

/** Lets every text from elsewhere have the same share of what the rest of the post leaves. */
function fitTexts(texts: readonly string[], render: (texts: readonly string[]) => string): string {
  const plain = texts.map(plainLine);
  let share = POST_LIMIT;
  while (share > 0) {
    const most = share;
    const text = render(plain.map((one) => neutralize(cutToFit(one, most, weightedLength))));
    const excess = weightedLength(text) - POST_LIMIT;
    if (excess <= 0) return text;
    share -= Math.ceil(excess / texts.length);
  }
  throw new RangeError('a post of so much that cannot be cut does not fit');
}

/** Describes a poster to those who do not see it. */
function upcomingAltText({ title }: { title: string }, language: Language): string {
  return words.poster[language](plainLine(title));
}

/** The posters of a post, each with what it shows. */
export function postersOf(
  post: Post,
): readonly { readonly key: string; readonly url: string; readonly alt: string }[] {
  if (post.kind === 'headline') return post.poster === null ? [] : [post.poster];
  return post.titles.flatMap((title) =>
    title.poster === null ? [] : [{ ...title.poster, alt: upcomingAltText(title, post.language) }],
  );
}

/**
 * Any notice as a direct message; X's v2 messages have no buttons, so suggestions and links are
 * lines. `timeZone` (IANA name) is for instants in it.
 */
export function directMessageText(notice: Notice, timeZone: string): string {
  return fitLines(plainText(notice, timeZone).split('\n'), DIRECT_MESSAGE_LIMIT);
}

/** Whether a direct message has room for all of it. */
export function holdsWhole(notice: Notice, timeZone: string): boolean {
  return plainText(notice, timeZone).length <= DIRECT_MESSAGE_LIMIT;
}

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
  return isKeyOf(texts, kind) ? texts[kind](detail) : null;
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
