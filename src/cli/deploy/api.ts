import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { Stop } from '../terminal.ts';

const envelope = v.object({
  success: v.boolean(),
  errors: v.optional(v.array(v.object({ code: v.number(), message: v.string() })), []),
  result: v.unknown(),
  result_info: v.nullish(
    v.object({ total_count: v.optional(v.number()), cursor: v.optional(v.string()) }),
  ),
});
type Envelope = v.InferOutput<typeof envelope>;

/** A call that Cloudflare refused (`code`), or whose answer never came (`code` is `null`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number | null;
  readonly call: string;
  /** Of the HTTP answer; `null` when none came. */
  readonly status: number | null;

  constructor(
    call: string,
    code: number | null,
    message: string,
    { status = null, cause }: { readonly status?: number | null; readonly cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.call = call;
    this.code = code;
    this.status = status;
  }
}

/** Calls on Cloudflare's API v4. Only looks are repeated by itself. */
export interface Api {
  readonly get: <Result>(path: string, schema: v.GenericSchema<unknown, Result>) => Promise<Result>;
  /** All rows of a list, page by page. */
  readonly list: <Row>(path: string, schema: v.GenericSchema<unknown, Row>) => Promise<Row[]>;
  /** One page of a list that goes on by a cursor, blank at its end. */
  readonly page: <Row>(
    path: string,
    schema: v.GenericSchema<unknown, Row[]>,
  ) => Promise<{ readonly rows: Row[]; readonly cursor: string }>;
  readonly send: <Result>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body: unknown,
    schema: v.GenericSchema<unknown, Result>,
  ) => Promise<Result>;
  /** The body of an answer that is no JSON. */
  readonly text: (path: string) => Promise<string>;
}

const TIMEOUT_MS = 30_000;
const TRIES = 3;
const PAUSE_MS = 500;
const PER_PAGE = 100;
const MOST_PAGES = 200;

/**
 * @param url base address, `https://api.cloudflare.com/client/v4` but for tests
 * @param headers credentials
 */
export function createApi(url: string, headers: Readonly<Record<string, string>>): Api {
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const call = `${method} ${path}`;
    try {
      return await fetch(`${url}${path}`, {
        method,
        headers: {
          ...headers,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (cause) {
      throw new ApiError(call, null, 'no answer', { cause });
    }
  };
  const call = async (method: string, path: string, body?: unknown): Promise<Envelope> => {
    const response = await ask(method, path, body);
    const parsed = v.safeParse(envelope, await response.json().catch(() => null));
    const name = `${method} ${path}`;
    const { status } = response;
    if (!parsed.success) throw new ApiError(name, null, `status ${status}`, { status });
    if (parsed.output.success) return parsed.output;
    const [first] = parsed.output.errors;
    throw new ApiError(name, first?.code ?? null, first?.message ?? `status ${status}`, { status });
  };
  const look = async (path: string): Promise<Envelope> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call('GET', path);
      } catch (cause) {
        const isPassing = cause instanceof ApiError && cause.code === null;
        if (!isPassing || attempt === TRIES) throw cause;
        await wait(PAUSE_MS * attempt);
      }
    }
  };
  return {
    get: async (path, schema) => v.parse(schema, (await look(path)).result),
    async list(path, schema) {
      const rows: v.InferOutput<typeof schema>[] = [];
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const separator = path.includes('?') ? '&' : '?';
        const answer = await look(`${path}${separator}page=${page}&per_page=${PER_PAGE}`);
        const found = v.parse(v.array(schema), answer.result ?? []);
        rows.push(...found);
        const total = answer.result_info?.total_count;
        if (found.length === 0 || (total !== undefined && rows.length >= total)) break;
        if (total === undefined && found.length < PER_PAGE) break;
      }
      return rows;
    },
    async page(path, schema) {
      const { result, result_info: info } = await look(path);
      return { rows: v.parse(schema, result ?? []), cursor: info?.cursor ?? '' };
    },
    send: async (method, path, body, schema) =>
      v.parse(schema, (await call(method, path, body)).result),
    async text(path) {
      const response = await ask('GET', path);
      const { status, ok } = response;
      if (!ok) throw new ApiError(`GET ${path}`, null, `status ${status}`, { status });
      return await response.text();
    },
  };
}

/** What to do about a refusal of Cloudflare's, by its number. */
interface Advice {
  readonly ko: string;
  readonly en: string;
}

const RIGHTS = {
  ko: '토큰에 권한이 모자라요. 계정의 Workers Scripts, Workers KV Storage, D1, Queues를 편집할 수 있어야 해요 (dash.cloudflare.com > My Profile > API Tokens). npx wrangler login을 썼다면 다시 로그인해 주세요.',
  en: 'The token lacks rights: it must edit Workers Scripts, Workers KV Storage, D1 and Queues of the account (dash.cloudflare.com > My Profile > API Tokens). If you used npx wrangler login, log in again.',
};

const TOKEN = {
  ko: 'Cloudflare가 이 토큰을 몰라요. CLOUDFLARE_API_TOKEN을 다시 복사하거나 새로 만들어 주세요 (dash.cloudflare.com > My Profile > API Tokens). 비워 두면 npx wrangler login을 써요.',
  en: 'Cloudflare does not know this token: copy CLOUDFLARE_API_TOKEN again or make a new one (dash.cloudflare.com > My Profile > API Tokens). Without it npx wrangler login is used.',
};
const ACCOUNT = {
  ko: '이 계정이 없거나 토큰이 볼 수 없어요. CLOUDFLARE_ACCOUNT_ID를 확인해 주세요 (dash.cloudflare.com > Workers & Pages의 Account ID).',
  en: 'There is no such account, or the token may not see it: check CLOUDFLARE_ACCOUNT_ID (Account ID at dash.cloudflare.com > Workers & Pages).',
};

const BY_CODE: Readonly<Record<number, Advice>> = {
  10000: RIGHTS,
  9109: RIGHTS,
  1000: TOKEN,
  6003: TOKEN,
  6111: TOKEN,
  9103: TOKEN,
  9106: TOKEN,
  10001: TOKEN,
  7003: ACCOUNT,
  7403: ACCOUNT,
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
      if (cause instanceof v.ValiError) {
        throw stopped(count, ko, en, cause, undefined, 'Cloudflare answers in another form');
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
