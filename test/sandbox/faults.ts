import { utf8 } from './bytes.ts';

/** Which requests a fault meets. Everything absent matches. */
export interface FaultTarget {
  readonly host?: string;
  readonly method?: string;
  /** A string is the whole path without the query; an expression is tried on path and query. */
  readonly path?: string | RegExp;
  /** How many matching requests it spoils; default 1. */
  readonly times?: number;
  /** How many matching requests it lets pass first; default 0. */
  readonly skip?: number;
}

export type FaultKind =
  /** Answers in the platform's place; the request is not carried out. An object becomes JSON. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string | object;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The request never arrives. */
  | { readonly kind: 'network' }
  /** The request is carried out, then the connection breaks. */
  | { readonly kind: 'lost-answer' }
  /** The request arrives nowhere and nothing comes back until the caller's signal fires. */
  | { readonly kind: 'hang' }
  /** The request is carried out after this many real milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number };

export type Fault = FaultTarget & FaultKind;

export interface Faults {
  add(fault: Fault): void;
  clear(): void;
}

export interface FaultDesk extends Faults {
  /** The fault that meets this request, used up by one; null when it is spared. */
  take(request: Request): FaultKind | null;
}

export function createFaults(): FaultDesk {
  const waiting: { fault: Fault; skip: number; times: number }[] = [];
  return {
    add(fault) {
      waiting.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
    },
    clear() {
      waiting.length = 0;
    },
    take(request) {
      for (const entry of waiting) {
        if (entry.times <= 0 || !isTarget(entry.fault, request)) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.times -= 1;
        return entry.fault;
      }
      return null;
    },
  };
}

function isTarget(target: FaultTarget, request: Request): boolean {
  const url = new URL(request.url);
  if (target.host !== undefined && target.host !== url.host) return false;
  if (target.method !== undefined && target.method !== request.method) return false;
  if (target.path === undefined) return true;
  if (typeof target.path === 'string') return target.path === url.pathname;
  return target.path.test(url.pathname + url.search);
}

/** Carries a request out under a fault. Rejects as `fetch` does when the connection fails. */
export async function underFault(
  fault: FaultKind,
  signal: AbortSignal,
  carryOut: () => Promise<Response>,
): Promise<Response> {
  if (fault.kind === 'status') return statusAnswer(fault);
  if (fault.kind === 'hang') return await untilAborted(signal);
  if (fault.kind === 'network') {
    throw new TypeError('fetch failed: the sandbox refused the connection');
  }
  if (fault.kind === 'slow') await sleep(fault.ms, signal);
  const response = await carryOut();
  if (fault.kind === 'slow') return response;
  throw new TypeError('fetch failed: the sandbox broke the connection');
}

function statusAnswer(fault: Extract<FaultKind, { kind: 'status' }>): Response {
  const { status, body, headers = {} } = fault;
  if (body === undefined) return new Response(null, { status, headers });
  if (typeof body === 'string') return new Response(body, { status, headers });
  return new Response(utf8(JSON.stringify(body)), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(reasonOf(signal));
    signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true });
  });
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([over, untilAborted(signal)]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('The request was aborted.');
}
