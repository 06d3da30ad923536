import * as v from 'valibot';
import type { FlashText } from '../../bot/feature.ts';
import { base64url, fromBase64url, utf8 } from '../../lib/encoding.ts';
import { isKeyOf, withCommas } from '../../lib/text.ts';
import { COUNTED_TO } from '../../store/ownerLists.ts';
import { say } from '../language.ts';
import { dropPrivateCookie, readPrivateCookie, setPrivateCookie } from '../secure.ts';
import type { AdminContext } from './types.ts';

/** What can be told after an action that worked, or worked in part. */
const flashTexts = {
  'sent-again': { ko: '다시 보내고 있어요.', en: 'It is being sent again.' },
  'not-dead': { ko: '이미 보냈거나 기다리는 중이에요.', en: 'It is sent or waiting already.' },
  'test-sent': { ko: '시험 메시지를 보냈어요.', en: 'The test message is sent.' },
  'test-waits': {
    ko: '시험 메시지가 차례를 기다려요. 한 시간 안에 나가지 못하면 보내지 않아요.',
    en: 'The test message waits for its turn. If it cannot go within an hour it is not sent.',
  },
  'test-refused': {
    ko: '플랫폼이 시험 메시지를 받지 않았어요. 까닭은 아래에 있어요.',
    en: 'The platform did not take the test message. See below why.',
    isBad: true,
  },
  'test-often': {
    ko: '시험 메시지를 너무 자주 보냈어요. 한 사람에게는 10분에 세 번, 모두 한 시간에 스무 번까지 보낼 수 있어요.',
    en: 'Too many test messages: three to one person in ten minutes, twenty an hour in all.',
    isBad: true,
  },
  'test-off': {
    ko: '이 통로로는 지금 먼저 말을 걸 수 없어서 보내지 않았어요. 통로의 설정을 봐 주세요.',
    en: 'The bot cannot write first by this channel now, so nothing was sent. See the channel’s settings.',
    isBad: true,
  },
  'news-seen': { ko: '모두 확인했어요.', en: 'All marked as seen.' },
  'person-removed': {
    ko: '이 사람에 대한 것을 모두 지웠어요.',
    en: 'Everything about this person is deleted.',
  },
  'person-removed-here': {
    ko: '여기 있는 것은 모두 지웠어요. 카카오가 연결 해제를 확인해 주지 않았어요.',
    en: 'Everything here is deleted. Kakao did not confirm that the link there has ended.',
    isBad: true,
  },
  'job-started': { ko: '{name}: 시작했어요.', en: '{name}: started.' },
  'job-started-already': { ko: '{name}: 이미 시작했어요.', en: '{name}: started already.' },
  'page-old': {
    ko: '열어 둔 지 오래된 페이지라서 아무것도 하지 않았어요. 다시 눌러 주세요.',
    en: 'That page was open for long, so nothing was done. Please press again.',
    isBad: true,
  },
  'job-failed': {
    ko: '{name}: 대기열이 받지 않았어요. 잠시 뒤에 다시 눌러 주세요.',
    en: '{name}: the queue did not take it. Please press again in a while.',
    isBad: true,
  },
  'sent-again-all': { ko: '{count}개를 다시 보내고 있어요.', en: 'Being sent again: {count}' },
  dropped: { ko: '버렸어요. 보내지 않아요.', en: 'Dropped. It will not be sent.' },
  'dropped-all': { ko: '{count}개를 버렸어요.', en: 'Dropped: {count}' },
  imported: {
    ko: '가져왔어요. 새로 넣은 것: 설정 {settings}, 사람 {people}, 지켜보기 {watches}, 저장소와 브랜치 {repositories}, 카카오 로그인 {kakaoLogins}. 새로 쓴 작품: {titles}',
    en: 'Imported. New: settings {settings}, people {people}, watches {watches}, repositories and branches {repositories}, Kakao logins {kakaoLogins}. Titles written: {titles}',
  },
  'import-nothing': {
    ko: '파일에 있는 것이 이미 모두 있어요. 바꾼 것이 없어요.',
    en: 'All of the file is here already. Nothing was changed.',
  },
  'import-no-file': {
    ko: '파일이 비어 있어요. 내보내기로 받은 파일을 골라 주세요.',
    en: 'The file is empty. Choose one that was exported here.',
    isBad: true,
  },
  'import-failed': {
    ko: '여기서 내보낸 파일이 아니거나 망가졌어요. 아무것도 바꾸지 않았어요. 잘못된 곳: {where}',
    en: 'This is no file exported here, or it is damaged. Nothing was changed. Wrong at: {where}',
    isBad: true,
  },
  'wrong-word': {
    ko: '적은 말이 달라서 아무것도 지우지 않았어요.',
    en: 'That was not the word. Nothing was deleted.',
    isBad: true,
  },
  forgotten: {
    ko: '모두 지웠어요. 카카오 로그인은 몇 분 안에 하나씩 끝내요.',
    en: 'All is deleted. Kakao logins are being ended one by one, which takes some minutes.',
  },
  'not-found': { ko: '이미 없는 항목이에요.', en: 'That is gone already.' },
} as const satisfies Record<string, FlashText>;

export type FlashKey = keyof typeof flashTexts;

const COOKIE = 'soshik-flash';
const COOKIE_SECONDS = 60;
const MAX_LINES = 8;
const MAX_VALUE_LENGTH = 160;

const flashSchema = v.pipe(
  v.array(
    v.object({
      key: v.string(),
      values: v.record(v.string(), v.union([v.string(), v.number()])),
    }),
  ),
  v.maxLength(MAX_LINES),
);

/** What an action did, told on the next page. */
export interface Flash {
  /** Of the pages all share, or a room's own: its id and the name it has there. */
  readonly key: FlashKey | `${string}/${string}`;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface FlashLine {
  readonly text: string;
  readonly isBad: boolean;
}

/** Goes on to one of our pages and tells there what was done. */
export function goOn(context: AdminContext, path: `/admin${string}`, ...done: Flash[]): Response {
  const lines = done.slice(0, MAX_LINES).map(({ key, values = {} }) => ({
    key,
    values: Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, MAX_VALUE_LENGTH) : value,
      ]),
    ),
  }));
  setPrivateCookie(context, COOKIE, base64url(utf8(JSON.stringify(lines))), COOKIE_SECONDS);
  return context.redirect(path, 303);
}

/** What the action before this page did; told once. */
export function readFlash(context: AdminContext): FlashLine[] {
  const bytes = fromBase64url(readPrivateCookie(context, COOKIE) ?? '');
  if (bytes === null || bytes.length === 0) return [];
  dropPrivateCookie(context, COOKIE);
  const parsed = v.safeParse(flashSchema, jsonOf(new TextDecoder().decode(bytes)));
  if (!parsed.success) return [];
  const language = context.get('language');
  return parsed.output.flatMap(({ key, values }) => {
    const told: FlashText | undefined = isKeyOf(flashTexts, key)
      ? flashTexts[key]
      : roomText(context, key);
    return told ? { text: say(told, language, values), isBad: told.isBad ?? false } : [];
  });
}

function roomText(context: AdminContext, key: string) {
  const [id, name = ''] = key.split('/');
  const { platforms, features } = context.get('bot');
  const room = [...platforms, ...features].find((one) => one.id === id);
  return Object.entries(room?.flash ?? {}).find(([known]) => known === name)?.[1];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * A number with separators; with a plus where counting stopped.
 *
 * @param hasMore whether there are some that were not looked at
 */
export function counted(value: number, hasMore = value > COUNTED_TO): string {
  return hasMore ? `${withCommas(Math.min(value, COUNTED_TO))}+` : withCommas(value);
}
