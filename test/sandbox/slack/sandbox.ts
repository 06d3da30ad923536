import { Hono } from 'hono';
import type { SandboxClock } from '../clock.ts';
import { problemOf, type SlackBody } from './message.ts';

/** A message as Slack keeps it. */
export interface SlackShown extends SlackBody {
  readonly at: number;
}

/** An incoming webhook and the channel it writes to. */
export interface SlackHook {
  readonly channel: string;
  /** What its owner copies. */
  readonly url: string;
  /** Oldest first. */
  readonly messages: SlackShown[];
  /** `removed`: 404 `no_service`; `archived`: 410 `channel_is_archived`. */
  state: 'open' | 'removed' | 'archived';
  /** 429 until then, epoch milliseconds. */
  quietUntil: number;
}

export interface SlackSandbox {
  /** Newest last; there is one to begin with. */
  readonly hooks: readonly SlackHook[];
  /** Makes a webhook of a new channel. */
  addHook(channel: string): SlackHook;
}

/** A message a second, with short bursts (Slack docs, rate limits). */
const BURST = { calls: 4, windowMs: 4000 };

/** hooks.slack.com: incoming webhooks. */
export function createSlack(clock: SandboxClock): {
  readonly sandbox: SlackSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const hooks: (SlackHook & { readonly path: string; readonly calls: number[] })[] = [];
  const sandbox: SlackSandbox = {
    hooks,
    addHook(channel) {
      const number = String(hooks.length + 1).padStart(9, '0');
      const path = `/services/T${number}/B${number}/${`sandboxSlack${number}`.padEnd(24, 'x')}`;
      const url = `https://hooks.slack.com${path}`;
      const made = { channel, url, path, messages: [], state: 'open' as const, quietUntil: 0 };
      hooks.push({ ...made, calls: [] });
      return hooks.at(-1) ?? { ...made };
    },
  };
  sandbox.addHook('#소식');

  const app = new Hono();
  app.post('/services/*', async (c) => {
    const hook = hooks.find(({ path }) => path === c.req.path);
    if (!hook || hook.state === 'removed') return c.text('no_service', 404);
    if (hook.state === 'archived') return c.text('channel_is_archived', 410);
    const waitMs = waitOf(hook, clock.now());
    if (waitMs > 0) {
      return c.text('rate_limited', 429, { 'retry-after': String(Math.ceil(waitMs / 1000)) });
    }
    const body: SlackBody | null = await c.req.json().catch(() => null);
    const problem = body === null ? 'invalid_payload' : problemOf(body);
    if (body === null || problem !== null) return c.text(problem ?? 'invalid_payload', 400);
    hook.messages.push({ ...body, at: clock.now() });
    return c.text('ok');
  });
  app.notFound((c) => c.text('no_service', 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

function waitOf(hook: SlackHook & { readonly calls: number[] }, now: number): number {
  if (hook.quietUntil > now) return hook.quietUntil - now;
  const { calls, windowMs } = BURST;
  hook.calls.splice(0, hook.calls.length, ...hook.calls.filter((at) => at > now - windowMs));
  if (hook.calls.length >= calls) return 1000;
  hook.calls.push(now);
  return 0;
}
