import { hmacBase64, toBase64 } from '../bytes.ts';
import type { AppSettings } from './app-settings.ts';

/** Carries a request to the webhook, over the network or by a call. */
export type Deliver = (request: Request) => Promise<Response>;

export interface WebhookSecrets {
  readonly client: string;
  readonly consumer: string;
}

/** `isPassing`: a fault that leaves a webhook valid for 28 hours after its last right answer. */
export type CrcVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: string; readonly isPassing: boolean };

const answerWithinMs = 10_000;

/** Within 10 s by real time and by the world's clock, or null. */
export async function answerInTime(
  deliver: Deliver,
  request: Request,
  now: () => number,
): Promise<Response | null> {
  const startedAt = now();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), answerWithinMs);
  });
  try {
    const response = await Promise.race([deliver(request), late]);
    return now() - startedAt > answerWithinMs ? null : response;
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

/** Asks a webhook whether it knows the app's secret, as X does (docs/platforms/x.md, CRC). */
export function createCrcCheck(
  secrets: WebhookSecrets,
  app: AppSettings,
  now: () => number,
): (deliver: Deliver, url: string) => Promise<CrcVerdict> {
  async function tokenProblem(text: string, token: string): Promise<string | null> {
    const answered = responseToken(text);
    if (answered === undefined) return 'the webhook did not answer with JSON';
    if (answered === null) return 'the JSON has no text in response_token';
    const kind = app.crcSecret;
    const other = kind === 'client' ? 'consumer' : 'client';
    if (answered === `sha256=${await hmacBase64('SHA-256', secrets[kind], token)}`) return null;
    if (answered === `sha256=${await hmacBase64('SHA-256', secrets[other], token)}`) {
      return `response_token is made with the ${other} secret, not the ${kind} secret`;
    }
    return 'response_token is not sha256= and the base64 HMAC of crc_token';
  }

  return async (deliver, url) => {
    const token = toBase64(crypto.getRandomValues(new Uint8Array(36)));
    const checkUrl = new URL(url);
    checkUrl.searchParams.set('crc_token', token);
    let response: Response | null;
    try {
      const request = new Request(checkUrl, { redirect: 'manual' });
      response = await answerInTime(deliver, request, now);
    } catch (error) {
      const words = error instanceof Error ? error.message : 'no answer';
      return passing(`the webhook could not be reached (${words})`);
    }
    if (!response) return passing('the webhook took longer than 10 seconds');
    const { status } = response;
    if (status >= 300 && status < 400) {
      return wrong(`the webhook redirects (${status}) instead of answering`);
    }
    if (status >= 400) return passing(`the webhook answered ${status}, not 200`);
    if (status !== 200) return wrong(`the webhook answered ${status}, not 200`);
    const problem = await tokenProblem(await response.text(), token);
    return problem === null ? { ok: true } : wrong(problem);
  };
}

function passing(problem: string): CrcVerdict {
  return { ok: false, problem, isPassing: true };
}

function wrong(problem: string): CrcVerdict {
  return { ok: false, problem, isPassing: false };
}

/** `undefined` when the text is no JSON, null when the JSON holds no token. */
function responseToken(text: string): string | null | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || !('response_token' in json)) return null;
  return typeof json.response_token === 'string' ? json.response_token : null;
}

/** X wants https, no port and 200 characters at most; this machine may be allowed what it needs. */
export function webhookUrlProblem(text: string, allowLocal: boolean): string | null {
  if (!URL.canParse(text)) return 'the address is no URL';
  if (text.length > 200) return 'the address is longer than 200 characters';
  const url = new URL(text);
  const isLocal = ['localhost', '127.0.0.1'].includes(url.hostname);
  if (isLocal && allowLocal) return null;
  if (url.protocol !== 'https:') return 'the address is not https';
  if (isLocal) return 'the address is not public';
  return url.port === '' ? null : 'the address names a port';
}
