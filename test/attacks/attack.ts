import { expect } from 'vitest';
import { hmacBase64, utf8 } from '../sandbox/bytes.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { type Harness, WEBHOOK } from '../worker/harness.ts';

export const OAUTH2_HEADER = 'X-Twitter-Webhooks-Signature-OAuth2';
export const LEGACY_HEADER = 'X-Twitter-Webhooks-Signature';

export const CLIENT_SECRET = sandboxSecrets.TWITTER_CLIENT_SECRET;
export const CONSUMER_SECRET = sandboxSecrets.TWITTER_API_SECRET;

/** Words of the forged messages: no answer may repeat them. */
const FORGED_TEXT = '위조 forged words';

const NO_ANSWER_MS = 3000;

/** The body of a delivery that would make the bot answer, were its signature right. */
export function messageBody(id = '1800000000000000001', text = FORGED_TEXT): string {
  return JSON.stringify({
    for_user_id: '1700000000000000001',
    direct_message_events: [
      {
        type: 'message_create',
        id,
        created_timestamp: '1795316400000',
        message_create: {
          target: { recipient_id: '1700000000000000001' },
          sender_id: '1700000000000000101',
          message_data: { text },
        },
      },
    ],
  });
}

/** The value of a signature header, made with any key. */
export async function sign(key: string, body: string | Uint8Array<ArrayBuffer>): Promise<string> {
  return `sha256=${await hmacBase64('SHA-256', key, body)}`;
}

export function delivery(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>>,
): Request {
  return new Request(WEBHOOK, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? utf8(body) : body,
    redirect: 'manual',
  });
}

/** A delivery that is signed rightly for the header it uses. */
export async function signedDelivery(
  body: string | Uint8Array<ArrayBuffer>,
  header: typeof OAUTH2_HEADER | typeof LEGACY_HEADER = OAUTH2_HEADER,
  headers: Readonly<Record<string, string>> = {},
): Promise<Request> {
  const secret = header === OAUTH2_HEADER ? CLIENT_SECRET : CONSUMER_SECRET;
  return delivery(body, { ...headers, [header]: await sign(secret, body) });
}

export async function gzip(body: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Response(utf8(body)).body?.pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed ?? null).arrayBuffer());
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** The Worker's answer, after what must hold for every answer: it comes, and it gives nothing away. */
export async function answerTo(harness: Harness, request: Request): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the Worker does not answer')), NO_ANSWER_MS);
  });
  try {
    const response = await Promise.race([harness.fetch(request), late]);
    const text = await response.text();
    const { status, headers } = response;
    expect(status < 300 || status >= 400, `status ${status} is a redirect`).toBe(true);
    expect(headers.get('location')).toBeNull();
    const told = `${text}\n${JSON.stringify([...headers])}`;
    for (const secret of Object.values(sandboxSecrets)) expect(told).not.toContain(secret);
    expect(told).not.toContain(FORGED_TEXT);
    return { status, headers, text };
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

/** Keys of every event the Worker keeps. */
export async function storedKeys(harness: Harness): Promise<string[]> {
  const { results } = await harness.env.DB.prepare('SELECT key FROM inbox ORDER BY key').all<{
    key: string;
  }>();
  return results.map(({ key }) => key);
}

/** The request is turned away with this status, and nothing of it is kept or worked on. */
export async function expectRefused(
  harness: Harness,
  request: Request,
  status: number,
): Promise<Answer> {
  const answer = await answerTo(harness, request);
  expect(answer.status).toBe(status);
  expect(await storedKeys(harness)).toEqual([]);
  expect(harness.queues.waiting).toEqual([]);
  expect(harness.queues.dead).toEqual([]);
  return answer;
}

/** The request is accepted: these many events kept, these many queued. */
export async function expectAccepted(
  harness: Harness,
  request: Request,
  counts: { readonly stored: number; readonly queued: number } = { stored: 1, queued: 1 },
): Promise<void> {
  expect(await answerTo(harness, request)).toMatchObject({ status: 200, text: '' });
  expect(await storedKeys(harness)).toHaveLength(counts.stored);
  expect(harness.queues.waiting).toHaveLength(counts.queued);
}
