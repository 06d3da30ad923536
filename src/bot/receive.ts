import type { Context } from 'hono';
import { errorCode, log } from '../lib/log.ts';
import { readBody } from '../lib/readBody.ts';
import type { InboxEvent } from '../store/inbox.ts';
import type { Bot } from './context.ts';
import type { RoomEnv } from './http.ts';
import { takeIn } from './talk/takeIn.ts';

/** How a platform delivers to its webhook. */
export interface Door<Claim> {
  /** As logs name it. */
  readonly platform: string;
  readonly maxBytes: number;
  /**
   * What the headers say of who calls, looked at before the body is read; `null` when it can be
   * nobody that is known. A response refuses in words of the platform's own.
   */
  readonly claim: (
    bot: Bot,
    request: Request,
  ) => Claim | Response | null | Promise<Claim | Response | null>;
  /** Whether the raw bytes are what that caller signed. Absent where the claim says it all. */
  readonly verify?: (claim: Claim, body: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** What came, from a caller who is known. */
  readonly read: (
    bot: Bot,
    body: Uint8Array<ArrayBuffer>,
    request: Request,
  ) => Received | Promise<Received>;
}

export interface Received {
  /** Stored once each and queued before the platform gets its answer. */
  readonly events?: readonly InboxEvent[];
  /** What has to be done before that too. */
  readonly work?: () => Promise<void>;
  readonly answer: Response;
}

/**
 * Takes one delivery of a platform; every doubt is a refusal. 401 to whom nobody knows, 413 when it
 * is too large, 503 while storage is down, so that the platform sends it again: what was stored by
 * then is recognised.
 */
export async function receive<Claim>(
  context: Context<RoomEnv>,
  door: Door<Claim>,
): Promise<Response> {
  const bot = context.get('bot');
  const request = context.req.raw;
  const claim = await door.claim(bot, request);
  if (claim instanceof Response) return claim;
  if (claim === null) return refuse(401, 'signature or secret missing');
  const body = await readBody(request.body, door.maxBytes);
  if (body === null) return refuse(413, 'body too large');
  if (door.verify && !(await door.verify(claim, body))) return refuse(401, 'signature wrong');
  try {
    const { events = [], work, answer } = await door.read(bot, body, request);
    if (events.length > 0) await takeIn(bot, events);
    await work?.();
    return answer;
  } catch (cause) {
    log('webhook-unavailable', { platform: door.platform, code: errorCode(cause) });
    return refuse(503, 'try again');
  }
}

/** A refusal as platforms read it. */
export function refuse(
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ error: reason }, { status, headers });
}

/** Answers every method but those of the routes before it. */
export function refuseMethod(allow: string): () => Response {
  return () => refuse(405, 'method not allowed', { allow });
}

/** JSON, however it came; `undefined` when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
