import type { Bot } from '../../../bot/context.ts';
import { DAY_MS } from '../../../lib/time.ts';
import { type BudgetState, readBudgets } from '../../../store/budgets.ts';
import { countEvents } from '../../../store/eventLog.ts';
import { ALLOWANCES, limitOf } from '../budget.ts';
import type { Finding } from './finding.ts';

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
