import { randomBytes } from 'node:crypto';
import * as v from 'valibot';

/** One line of the check-up: `!` is worth a look, `✗` has to be mended. */
export interface Line {
  readonly mark: '✓' | '!' | '✗' | '-';
  readonly ko: string;
  readonly en: string;
}

const PATIENCE_MS = 10_000;
const CRC_TRIES = 5;
const QUICK_MS = 1000;
/**
 * X waits 10 s for a CRC answer by its newest word, 3 s by its older one (docs/platforms/x.md,
 * CRC).
 */
const SLOW_MS = 3000;
const MAX_REASON_LENGTH = 200;

const health = v.object({
  features: v.record(
    v.string(),
    v.variant('state', [
      v.object({ state: v.literal('on') }),
      v.object({ state: v.literal('off'), missing: v.array(v.string()) }),
      v.object({ state: v.literal('failing'), reason: v.string() }),
    ]),
  ),
});
const crcAnswer = v.object({
  response_token: v.pipe(v.string(), v.regex(/^sha256=[A-Za-z0-9+/]{43}=$/)),
});

/** Asks for an address as it is, following no redirect; `null` when nothing answers. */
export async function ask(url: URL, init: RequestInit = {}): Promise<Response | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  return await fetch(url, { ...init, redirect: 'manual', signal }).catch(() => null);
}

/** True for an address that only this machine reaches. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

/** What can be told about a bot from outside, as X and a visitor see it. */
export async function lookFromOutside(origin: URL): Promise<Line[]> {
  const first = await ask(new URL('/healthz', origin));
  if (!first) {
    return [
      {
        mark: '✗',
        ko: `${origin.origin} 에 닿지 않아요. 주소와 배포를 확인해 주세요 (npm run deploy)`,
        en: `${origin.origin} does not answer: check the address and the deployment`,
      },
    ];
  }
  const body: unknown = await first.json().catch(() => null);
  return [
    checkHttps(origin),
    { mark: '✓', ko: '봇에 닿았어요', en: 'the bot answers' },
    ...(await checkX(origin, body)),
    ...features(body),
  ];
}

/** What X meets at the webhook; nothing where X is not used. */
async function checkX(origin: URL, body: unknown): Promise<Line[]> {
  const parsed = v.safeParse(health, body);
  if (parsed.success && parsed.output.features['twitter-webhook']?.state === 'off') return [];
  return [
    ...(await checkCrc(origin)),
    await checkStatus(
      webhookUrl(origin, '{"for_user_id":"1"}'),
      {},
      400,
      'JSON 모양의 crc_token에는 서명하지 않아요',
      'a crc_token that looks like JSON is not signed',
    ),
    await checkStatus(
      webhookUrl(origin),
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' },
      401,
      '서명 없는 이벤트는 받지 않아요',
      'an unsigned event is refused',
    ),
  ];
}

function webhookUrl(origin: URL, crcToken?: string): URL {
  const url = new URL('/webhook/twitter', origin);
  if (crcToken !== undefined) url.searchParams.set('crc_token', crcToken);
  return url;
}

function checkHttps(origin: URL): Line {
  if (origin.protocol === 'https:') return { mark: '✓', ko: 'https예요', en: 'https' };
  return isLoopback(origin)
    ? {
        mark: '!',
        ko: '이 컴퓨터에서만 열려요. X는 공개된 https 주소에만 보내요',
        en: 'open to this machine only; X sends to public https addresses',
      }
    : {
        mark: '✗',
        ko: 'https가 아니에요. X는 https 주소만 받아요',
        en: 'not https: X accepts https addresses only',
      };
}

async function checkCrc(origin: URL): Promise<Line[]> {
  const times: number[] = [];
  for (let turn = 0; turn < CRC_TRIES; turn += 1) {
    const startedAt = performance.now();
    const response = await ask(webhookUrl(origin, randomBytes(16).toString('base64url')));
    const text = (await response?.text().catch(() => '')) ?? '';
    times.push(performance.now() - startedAt);
    const wrong = crcProblem(response, text);
    if (wrong) return [wrong];
  }
  const median = Math.round(times.toSorted((one, other) => one - other)[CRC_TRIES >> 1] ?? 0);
  return [
    { mark: '✓', ko: '웹훅은 다른 주소로 보내지 않아요', en: 'the webhook does not redirect' },
    {
      mark: median > SLOW_MS ? '✗' : median > QUICK_MS ? '!' : '✓',
      ko: `CRC에 답해요 (가운데 값 ${median} ms)`,
      en: `CRC is answered (median ${median} ms)`,
    },
  ];
}

function crcProblem(response: Response | null, text: string): Line | null {
  if (!response) {
    return {
      mark: '✗',
      ko: 'CRC에 10초 안에 답하지 않아요',
      en: 'CRC is not answered within 10 seconds',
    };
  }
  if (response.status >= 300 && response.status < 400) {
    return {
      mark: '✗',
      ko: `웹훅이 다른 주소로 보내요 (${response.status}). X는 그러면 웹훅을 끄니 리디렉션과 로그인 벽을 없애 주세요`,
      en: `the webhook redirects (${response.status}); X then calls it invalid: remove redirects and login walls before it`,
    };
  }
  if (response.status === 503) {
    return {
      mark: '✗',
      ko: 'CRC에 답할 비밀 값이 없어요. TWITTER_CLIENT_SECRET이나 TWITTER_API_SECRET을 넣어 주세요',
      en: 'no secret to answer CRC with: set TWITTER_CLIENT_SECRET or TWITTER_API_SECRET',
    };
  }
  if (response.status === 200 && v.is(v.pipe(v.string(), v.parseJson(), crcAnswer), text)) {
    return null;
  }
  return {
    mark: '✗',
    ko: `CRC 답이 올바르지 않아요 (${response.status}). 이 주소에 soshik이 있는지, 앞에서 무엇이 막는지 봐 주세요`,
    en: `the CRC answer is not right (${response.status}): is soshik at this address, or does something stand before it?`,
  };
}

async function checkStatus(
  url: URL,
  init: RequestInit,
  wanted: number,
  ko: string,
  en: string,
): Promise<Line> {
  const status = (await ask(url, init))?.status ?? null;
  if (status === wanted) return { mark: '✓', ko: `${ko} (${wanted})`, en: `${en} (${wanted})` };
  return {
    mark: '✗',
    ko: `${ko}: ${wanted}여야 하는데 ${status ?? '답이 없어요'}`,
    en: `${en}: expected ${wanted}, got ${status ?? 'no answer'}`,
  };
}

function features(body: unknown): Line[] {
  const parsed = v.safeParse(health, body);
  if (!parsed.success) {
    return [
      {
        mark: '✗',
        ko: '/healthz가 soshik의 답이 아니에요',
        en: '/healthz is not the answer of soshik',
      },
    ];
  }
  return Object.entries(parsed.output.features).map(([name, feature]) => {
    switch (feature.state) {
      case 'on':
        return { mark: '✓', ko: `${name}: 켜짐`, en: 'on' };
      case 'off': {
        const missing = feature.missing.join(', ');
        return {
          mark: '-',
          ko: `${name}: 꺼짐, 필요한 비밀 값 ${missing}`,
          en: `off, needs ${missing}`,
        };
      }
      case 'failing': {
        const reason = feature.reason.slice(0, MAX_REASON_LENGTH);
        return { mark: '✗', ko: `${name}: 문제 있음, ${reason}`, en: 'failing' };
      }
      default:
        return feature satisfies never;
    }
  });
}
