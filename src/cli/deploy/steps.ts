import { Stop } from '../terminal.ts';
import { ApiError } from './api.ts';

/** What to do about a refusal of Cloudflare's, by its number. */
interface Advice {
  readonly ko: string;
  readonly en: string;
}

const RIGHTS = {
  ko: '토큰에 권한이 모자라요. 계정의 Workers Scripts, Workers KV Storage, D1, Queues를 편집할 수 있어야 해요 (dash.cloudflare.com > My Profile > API Tokens). npx wrangler login을 썼다면 다시 로그인해 주세요.',
  en: 'The token lacks rights: it must edit Workers Scripts, Workers KV Storage, D1 and Queues of the account (dash.cloudflare.com > My Profile > API Tokens). If you used npx wrangler login, log in again.',
};

const BY_CODE: Readonly<Record<number, Advice>> = {
  10000: RIGHTS,
  9109: RIGHTS,
  10034: {
    ko: '계정의 이메일을 확인해 주세요. Cloudflare가 보낸 메일의 링크를 누르면 돼요 (dash.cloudflare.com > My Profile).',
    en: 'Verify the e-mail address of the account: press the link in the mail Cloudflare sent (dash.cloudflare.com > My Profile).',
  },
  10063: {
    ko: 'Workers를 처음 쓰는 계정이에요. dash.cloudflare.com > Workers & Pages를 한 번 열어 workers.dev 주소를 정해 주세요.',
    en: 'The account has never used Workers: open dash.cloudflare.com > Workers & Pages once and choose a workers.dev subdomain.',
  },
  10021: {
    ko: 'Cloudflare가 코드나 바인딩을 받지 않았어요. 위의 설명을 봐 주세요. 고친 것이 없는 저장소라면 이슈로 알려 주세요.',
    en: 'Cloudflare did not take the code or a binding: read what it says above. If you changed nothing, please open an issue.',
  },
  10072: {
    ko: '무료 계정의 크론 5개를 다 썼어요. 봇 하나에 둘이 필요해요. 다른 워커의 크론을 지우거나 유료 플랜을 써 주세요.',
    en: 'The five cron triggers of a free account are used up; a bot needs two. Delete those of another Worker, or use the paid plan.',
  },
  11004: {
    ko: '다른 워커가 이미 이 큐를 읽고 있어요. --name으로 다른 이름을 쓰거나 대시보드에서 그 컨슈머를 지워 주세요.',
    en: 'Another Worker reads this queue already: use another name with --name, or delete that consumer in the dashboard.',
  },
  7406: {
    ko: '무료 계정의 D1 데이터베이스 10개를 다 썼어요.',
    en: 'The ten D1 databases of a free account are used up.',
  },
  7500: {
    ko: 'D1이 SQL을 받지 않았어요. 하루 한도를 넘었다면 00:00 UTC 뒤에 다시 해 주세요. 이전 버전은 그대로 돌고 있어요.',
    en: 'D1 did not take the SQL; when a daily limit was reached, try again after 00:00 UTC. The version before goes on running.',
  },
};

const NETWORK: Advice = {
  ko: 'Cloudflare에 닿지 않았어요. 인터넷 연결을 보고 다시 해 주세요.',
  en: 'Cloudflare was not reached: look at your connection and try again.',
};
const OTHER: Advice = {
  ko: '위의 설명을 보고, 잠시 뒤에 다시 해 주세요. www.cloudflarestatus.com도 봐 주세요.',
  en: 'Read what it says above and try again in a moment; see www.cloudflarestatus.com too.',
};

/** @param code Cloudflare's number; `null` when no answer came */
function adviceFor(code: number | null): Advice {
  return code === null ? NETWORK : (BY_CODE[code] ?? OTHER);
}

/** Cloudflare's last number in what wrangler printed (`[code: 10034]`), if any. */
export function codeIn(words: string): number | undefined {
  const last = [...words.matchAll(/\[code: (\d+)\]/g)].at(-1);
  return last ? Number(last[1]) : undefined;
}

/** wrangler did not do what it was asked; it has said why. */
export class WranglerError extends Error {
  override readonly name = 'WranglerError';
  readonly code: number | undefined;

  constructor(args: readonly string[], code: number | undefined) {
    super(`wrangler ${args.filter((arg) => /^[a-z0-9]+$/i.test(arg)).join(' ')}`);
    this.code = code;
  }
}

/** Numbers the steps; one that fails says which it was, what Cloudflare said and what to do. */
export function createSteps(say: (line: string) => void) {
  let count = 0;
  return async <Result>(ko: string, en: string, work: () => Promise<Result>): Promise<Result> => {
    count += 1;
    say(`\n▶ ${count}. ${ko} / ${en}`);
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof ApiError) throw stopped(count, ko, en, cause, cause.code, cause.call);
      if (cause instanceof WranglerError) {
        throw stopped(count, ko, en, cause, cause.code, cause.message);
      }
      throw cause;
    }
  };
}

function stopped(
  count: number,
  ko: string,
  en: string,
  cause: Error,
  code: number | null | undefined,
  call: string,
): Stop {
  const advice = adviceFor(code === undefined ? 0 : code);
  const said = cause instanceof ApiError ? `${cause.message}, ` : '';
  const number = typeof code === 'number' ? `${said}code ${code}, ${call}` : `${said}${call}`;
  return new Stop(
    `${count}. ${ko}에서 멈췄어요 (${number}).\n${advice.ko}\n고친 뒤 npm run deploy를 다시 실행해 주세요. 끝난 단계는 그대로 두고 이어서 해요.`,
    `Stopped at ${count}. ${en}.\n${advice.en}\nThen run npm run deploy again: finished steps are left alone.`,
    { cause },
  );
}
