import * as v from 'valibot';
import { ask, isLoopback, type Line, lookFromOutside } from './doctorOutside.ts';
import { printLine } from './terminal.ts';

/**
 * `npm run doctor -- <url>`: looks at a deployed bot from outside, and with `ADMIN_PASSWORD` in the
 * environment at what its owner's check-up page finds. One line each; exit code 1 when something is bad.
 */
const MARKS = { ok: '✓', warn: '!', bad: '✗', off: '-' } as const;

const bothLanguages = v.object({ ko: v.string(), en: v.string() });
const inside = v.object({
  findings: v.array(
    v.object({
      state: v.picklist(['ok', 'warn', 'bad', 'off']),
      ...bothLanguages.entries,
      todo: v.nullable(bothLanguages),
    }),
  ),
});

async function lookInside(origin: URL, password: string): Promise<Line[]> {
  if (origin.protocol !== 'https:' && !isLoopback(origin)) {
    return [
      {
        mark: '✗',
        ko: 'https가 아니어서 비밀번호를 보내지 않았어요',
        en: 'the password is not sent: no https',
      },
    ];
  }
  const response = await ask(new URL('/admin/doctor.json', origin), {
    headers: { authorization: `Bearer ${password}` },
  });
  const refusal = refusals[response?.status ?? 0];
  if (refusal) return [{ mark: '✗', ...refusal }];
  const parsed = v.safeParse(inside, await response?.json().catch(() => null));
  if (!parsed.success) {
    return [
      {
        mark: '✗',
        ko: `안쪽 점검을 읽지 못했어요 (${response?.status ?? '답이 없어요'})`,
        en: `the check-up inside cannot be read (${response?.status ?? 'no answer'})`,
      },
    ];
  }
  return parsed.output.findings.map(({ state, ko, en, todo }) => ({
    mark: MARKS[state],
    ko: todo ? `${ko} → ${todo.ko}` : ko,
    en: todo ? `${en} → ${todo.en}` : en,
  }));
}

const refusals: Readonly<Record<number, { readonly ko: string; readonly en: string }>> = {
  401: {
    ko: 'ADMIN_PASSWORD가 봇의 것과 달라요',
    en: 'ADMIN_PASSWORD is not the one the bot has',
  },
  429: {
    ko: '비밀번호를 여러 번 틀려서 막혀 있어요. 한 시간 뒤에 다시 해 주세요',
    en: 'too many wrong passwords: try again in an hour',
  },
  503: {
    ko: '봇에 ADMIN_PASSWORD나 TOKEN_KEY가 없어요. npm run setup과 npm run deploy로 넣어 주세요',
    en: 'the bot has no ADMIN_PASSWORD or TOKEN_KEY: npm run setup, then npm run deploy',
  },
};

/** Says no more than was seen. */
function verdict(lines: readonly Line[], sawInside: boolean): string {
  const worth = lines.filter(({ mark }) => mark === '!').length;
  const rest = worth === 0 ? '' : ` (봐 둘 것 ${worth}가지 / worth a look: ${worth})`;
  return sawInside
    ? `\n✓ 밖에서도 안에서도 고칠 것이 없어요 / nothing to mend, outside and inside${rest}`
    : `\n✓ 밖에서는 고칠 것이 없어요. 안쪽은 보지 못했어요 / nothing to mend outside; the inside was not seen${rest}`;
}

async function main(address: string | undefined): Promise<boolean> {
  const origin = address === undefined || !URL.canParse(address) ? null : new URL(address);
  if (origin === null || !/^https?:$/.test(origin.protocol)) {
    console.error('쓰는 법 / usage: npm run doctor -- https://soshik.example.workers.dev');
    return false;
  }
  const lines = await lookFromOutside(origin);
  const password = process.env['ADMIN_PASSWORD']?.trim();
  if (password) lines.push(...(await lookInside(origin, password)));
  for (const line of lines) printLine(line);
  if (!password) {
    console.log(
      '- 안쪽도 살펴보려면 환경 변수 ADMIN_PASSWORD를 주세요 / set ADMIN_PASSWORD in the environment to look inside too',
    );
  }
  const bad = lines.filter(({ mark }) => mark === '✗').length;
  console.log(
    bad === 0 ? verdict(lines, Boolean(password)) : `\n✗ 고칠 것 ${bad}가지 / to be mended: ${bad}`,
  );
  return bad === 0;
}

if (!(await main(process.argv[2]))) process.exitCode = 1;
