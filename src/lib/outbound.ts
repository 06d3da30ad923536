import type { Runtime } from './runtime.ts';
import { DAY_MS, HOUR_MS } from './time.ts';

/** An answer read to its end, within the limits asked for. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Why there is no answer. After `timeout` and `network` the other side may have acted all the same. */
export type NoAnswer = 'timeout' | 'network' | 'too-large';

export interface OutboundLimits {
  /** For the whole exchange, body included; 1 to 60,000. */
  readonly timeoutMs: number;
  /** The body's size; a larger one is cut off and counts as `too-large`. */
  readonly maxBytes: number;
}

/**
 * The one way out of the Worker: every call to another host goes through here. Redirects are never
 * followed (a redirect could lead a signed request to another host): the 3xx comes back as it is.
 *
 * @returns the answer whatever its status, or `{ failed }` when none came; never throws
 */
export async function send(
  runtime: Pick<Runtime, 'fetch'>,
  request: Request,
  limits: OutboundLimits,
): Promise<Answer | { readonly failed: NoAnswer }> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const timeout = new Promise<{ failed: NoAnswer }>((resolve) => {
    timer = setTimeout(() => {
      resolve({ failed: 'timeout' });
      abort.abort();
    }, limits.timeoutMs);
  });
  try {
    return await Promise.race([timeout, exchange(runtime, request, limits.maxBytes, abort.signal)]);
  } catch {
    return { failed: 'network' };
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

async function exchange(
  runtime: Pick<Runtime, 'fetch'>,
  request: Request,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Answer | { readonly failed: NoAnswer }> {
  const response = await runtime.fetch(new Request(request, { signal, redirect: 'manual' }));
  const bytes = await readBody(response.body, maxBytes);
  if (bytes === null) return { failed: 'too-large' };
  return { status: response.status, headers: response.headers, bytes };
}

/** The body as text; bytes that are not UTF-8 become U+FFFD. */
export function textOf(answer: Answer): string {
  return new TextDecoder().decode(answer.bytes);
}

/** The body as JSON, or `undefined` when it is not JSON. */
export function jsonOf(answer: Answer): unknown {
  try {
    return JSON.parse(textOf(answer));
  } catch {
    return undefined;
  }
}

/**
 * Milliseconds to wait as `Retry-After` says (RFC 9110 section 10.2.3: seconds or an HTTP date),
 * or `undefined` when the header is absent or unreadable.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  // Some count in parts of a second.
  if (/^\d+(?:\.\d+)?$/.test(value.trim())) return Math.ceil(Number(value) * 1000);
  // A date names its month, in letters; what else is parsed would be one long ago.
  const atMs = /[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** A platform's longest windows are of a day; their clocks and ours may differ a little. */
const LONGEST_MEANT_MS = DAY_MS + HOUR_MS;

/**
 * How long to keep quiet when a platform asks for a wait: a day at most. A longer one is none that
 * it can mean, so that it says nothing of when to try again: in an hour.
 */
export function believedWaitMs(askedMs: number): number {
  return askedMs > LONGEST_MEANT_MS ? HOUR_MS : Math.min(DAY_MS, Math.max(0, askedMs));
}

/**
 * Reads a body's raw bytes up to a limit.
 *
 * @returns the bytes, or `null` when there are more than `maxBytes`
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  // Read by hand: iterating over a stream costs the runtime several times as much.
  for (let next = await reader?.read(); next?.value; next = await reader?.read()) {
    length += next.value.byteLength;
    if (length > maxBytes) {
      await reader?.cancel();
      return null;
    }
    chunks.push(next.value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
