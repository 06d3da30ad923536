import type { Bot } from '../../../bot/context.ts';
import type { Finding as PlatformFinding } from '../../../bot/platform.ts';
import { sha256Hex } from '../../../lib/encoding.ts';
import type { Text } from '../../../lib/text.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../lib/time.ts';
import { type BudgetState, readBudgets } from '../../../store/budgets.ts';
import { countEvents } from '../../../store/inbox.ts';
import { ask, USER_AGENT } from '../api/answer.ts';
import { ALLOWANCES, limitOf } from '../budget.ts';
import { webhookFailureTexts } from '../failure.ts';
import { xSettings } from '../settings.ts';

/** What the facts of a finding are called. */
export const factNames = {
  account: { ko: '계정', en: 'account' },
  connectedDays: { ko: '연결한 지(일)', en: 'days connected' },
  count: { ko: '개수', en: 'count' },
  detail: { ko: 'X의 말', en: 'X says' },
  endsInDays: { ko: '끝날 때까지(일)', en: 'days left' },
  granted: { ko: '받은 권한', en: 'granted' },
  id: { ko: '아이디', en: 'id' },
  key: { ko: '키', en: 'key' },
  kind: { ko: '방식', en: 'kind' },
  loginDays: { ko: '로그인한 지(일)', en: 'days logged in' },
  resetsAt: { ko: '다시 시작', en: 'starts again' },
  seconds: { ko: '차이(초)', en: 'seconds apart' },
  secret: { ko: '시크릿', en: 'secret' },
  tokenMinutes: { ko: '토큰을 바꾼 지(분)', en: 'minutes since renewal' },
  url: { ko: '주소', en: 'address' },
  webhooks: { ko: '웹훅', en: 'webhooks' },
} as const satisfies Record<string, Text>;

/** Never a secret's value. */
export type Facts = Readonly<Partial<Record<keyof typeof factNames, string>>>;

/** One thing looked at. */
export interface Finding extends Omit<PlatformFinding, 'facts'> {
  readonly facts?: Facts;
}

/** Tells two values of a secret apart and nothing else: the first 4 digits of its SHA-256. */
export async function fingerprint(secret: string): Promise<string> {
  return (await sha256Hex(secret)).slice(0, 4);
}

/** Where the app's keys are found and renewed. */
const KEYS_PAGE = 'developer.x.com > Keys and tokens';

/** What to do about a secret that is missing or wrong. */
export function setSecret(...names: string[]): Text {
  const list = names.join(', ');
  return {
    ko: `${KEYS_PAGE}에서 값을 다시 확인하고 npx wrangler secret put으로 넣어 주세요: ${list}`,
    en: `Look the value up at ${KEYS_PAGE} and set it with npx wrangler secret put: ${list}`,
  };
}

/** X takes signatures whose time is at most 5 minutes off; OAuth 1.0a says so with no own code. */
export const MAX_SKEW_MS = 4 * 60_000;

/**
 * How far the bot's clock is ahead of X's, in milliseconds (negative: behind), as the `Date` of an
 * answer tells (RFC 9110 section 6.6.1; whole seconds). The call needs no key: X refuses it, dated.
 *
 * @returns `null` when X did not answer or did not date its answer
 */
export async function clockSkewMs({
  runtime,
  read,
}: Pick<Bot, 'runtime' | 'read'>): Promise<number | null> {
  const request = new Request(`${read(xSettings).apiUrl}/2/users/me`, {
    headers: { 'user-agent': USER_AGENT },
  });
  const askedAt = runtime.now();
  const answer = await ask(runtime, request);
  if ('failed' in answer) return null;
  const dated = Date.parse(answer.headers.get('date') ?? '');
  // Half way between asking and hearing is about when X wrote the date.
  return Number.isNaN(dated) ? null : Math.round((askedAt + runtime.now()) / 2 - dated);
}

const NOTABLE_SKEW_MS = 30 * SECOND_MS;

/** The clock against X's: signatures carry the time. */
export async function examineClock(ctx: Bot): Promise<Finding[]> {
  const skewMs = await clockSkewMs(ctx);
  if (skewMs === null) {
    return [
      {
        id: 'clock',
        state: 'warn',
        ko: 'X의 시각을 알 수 없어 시계를 견주지 못했어요.',
        en: "X's time is not known, so the clock could not be compared.",
        todo: webhookFailureTexts.unavailable,
      },
    ];
  }
  const facts = { seconds: String(Math.round(skewMs / SECOND_MS)) };
  const minutes = Math.round(Math.abs(skewMs) / MINUTE_MS);
  if (Math.abs(skewMs) > MAX_SKEW_MS) {
    const isAhead = skewMs > 0;
    return [
      {
        id: 'clock',
        state: 'bad',
        ko: `시계가 X보다 ${minutes}분 ${isAhead ? '빨라요' : '느려요'}. X가 서명을 거절해요.`,
        en: `The clock is ${minutes} minutes ${isAhead ? 'ahead of' : 'behind'} X's, so X refuses signatures.`,
        todo: {
          ko: '봇이 도는 컴퓨터의 시계를 맞춰 주세요. Cloudflare에서 이렇다면 잠시 뒤 다시 확인해 주세요.',
          en: 'Set the clock of the machine the bot runs on. On Cloudflare, look again in a while.',
        },
        facts,
      },
    ];
  }
  const isNotable = Math.abs(skewMs) > NOTABLE_SKEW_MS;
  return [
    {
      id: 'clock',
      state: isNotable ? 'warn' : 'ok',
      ko: isNotable ? `시계가 X와 ${facts.seconds}초 달라요.` : '시계가 X와 맞아요.',
      en: isNotable
        ? `The clock differs from X's by ${facts.seconds} seconds.`
        : "The clock agrees with X's.",
      todo: null,
      facts,
    },
  ];
}

const TIGHT = 0.8;
const LOOK_BACK_MS = 7 * DAY_MS;

/** The budgets of a day that are nearly used up; those of a quarter of an hour fill all the time. */
export async function examineBudgets({ db, runtime }: Bot): Promise<Finding[]> {
  const open = (await readBudgets(db, runtime.now())).filter(
    ({ kind, spanMs }) => spanMs === DAY_MS && Object.hasOwn(ALLOWANCES, kind),
  );
  const tight = open.filter((budget) => budget.used >= TIGHT * limitOf(budget));
  if (tight.length === 0) {
    return [
      {
        id: 'budget',
        state: 'ok',
        ko: '오늘 보낼 수 있는 양이 넉넉해요.',
        en: "There is room in today's sending limits.",
        todo: null,
      },
    ];
  }
  return tight.map(tightBudget);
}

function tightBudget(budget: BudgetState): Finding {
  const { account, kind, used, resetsAt } = budget;
  const limit = limitOf(budget);
  const [ko, en] = kind === 'dm' ? ['메시지', 'direct messages'] : ['게시물', 'posts'];
  return {
    id: `budget:${kind}:${account}`,
    state: 'warn',
    ko: `하루에 보낼 수 있는 ${ko} ${limit}개 가운데 ${used}개를 썼어요. 남은 것은 다음 날로 미뤄져요.`,
    en: `${used} of ${limit} ${en} of the day are used. What does not fit waits for the next day.`,
    todo: null,
    facts: { account, resetsAt: new Date(resetsAt).toISOString() },
  };
}

/**
 * Messages that came encrypted: the bot cannot read them (docs/platforms/x.md, Encrypted messages).
 */
export async function examineEncryptedChats({ db, runtime }: Bot): Promise<Finding[]> {
  const events = await countEvents(db, 'twitter', runtime.now() - LOOK_BACK_MS);
  const count = events.find(({ type }) => type === 'chat.received')?.count ?? 0;
  if (count === 0) return [];
  return [
    {
      id: 'encrypted-chats',
      state: 'warn',
      ko: `지난 7일 동안 암호화된 메시지가 ${count}개 왔어요. 봇은 읽을 수 없어요.`,
      en: `${count} encrypted messages came in the last 7 days. The bot cannot read them.`,
      todo: {
        ko: '봇의 프로필에 "암호화되지 않은 메시지로 보내 주세요"라고 적어 주세요.',
        en: 'Say on the profile of the bot that it reads unencrypted messages only.',
      },
      facts: { count: String(count) },
    },
  ];
}
