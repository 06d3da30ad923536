import { Hono } from 'hono';
import type { SandboxClock } from '../clock.ts';
import { type DiscordBody, problemOf } from './message.ts';

/** A message as Discord keeps it. */
export interface DiscordShown extends DiscordBody {
  readonly id: string;
  readonly at: number;
  /** Whether everybody in the channel was pinged by it. */
  readonly pings: boolean;
}

/** An incoming webhook and the channel it writes to. */
export interface DiscordHook {
  readonly id: string;
  readonly channel: string;
  /** What its owner copies. */
  readonly url: string;
  /** Oldest first. */
  readonly messages: DiscordShown[];
  /** Deleted: 404 from now on. */
  isDeleted: boolean;
  /** 429 until then, epoch milliseconds. */
  quietUntil: number;
}

export interface DiscordSandbox {
  /** Newest last; there is one to begin with. */
  readonly hooks: readonly DiscordHook[];
  /** Makes a webhook of a new channel. */
  addHook(channel: string): DiscordHook;
}

/** Of one webhook (discord-api-docs issue 367). */
const HOOK_LIMIT = { calls: 5, windowMs: 2000 };

/** discord.com: incoming webhooks (developer docs, webhook resource). */
export function createDiscord(clock: SandboxClock): {
  readonly sandbox: DiscordSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const hooks: (DiscordHook & { readonly token: string; readonly calls: number[] })[] = [];
  let next = 1n;
  const newId = () => String((1_300_000_000_000_000_000n + next++).valueOf());
  const sandbox: DiscordSandbox = {
    hooks,
    addHook(channel) {
      const id = newId();
      const token = `sandbox-discord_${id.slice(-4)}-${'t'.repeat(40)}`;
      const url = `https://discord.com/api/webhooks/${id}/${token}`;
      const made = { id, token, channel, url, messages: [], isDeleted: false, quietUntil: 0 };
      hooks.push({ ...made, calls: [] });
      return hooks.at(-1) ?? { ...made };
    },
  };
  sandbox.addHook('#소식');

  const app = new Hono();
  app.post('/api/:rest{(?:v\\d+/)?webhooks/\\d+/[\\w-]+}', async (c) => {
    const [id, token] = c.req.param('rest').split('/').slice(-2);
    // Cloudflare in front of Discord turns away what does not say who it is.
    if (!/^DiscordBot \(.+, .+\)/.test(c.req.header('user-agent') ?? '')) {
      return c.json({ message: 'internal network error', code: 40333 }, 403);
    }
    const hook = hooks.find((candidate) => candidate.id === id);
    if (!hook || hook.isDeleted) return c.json({ message: 'Unknown Webhook', code: 10015 }, 404);
    if (hook.token !== token) {
      return c.json({ message: 'Invalid Webhook Token', code: 50027 }, 401);
    }
    const waitMs = waitOf(hook, clock.now());
    if (waitMs > 0) {
      const seconds = waitMs / 1000;
      return c.json(
        { message: 'You are being rate limited.', retry_after: seconds, global: false },
        429,
        {
          'retry-after': String(Math.ceil(seconds)),
          'x-ratelimit-scope': 'shared',
          'x-ratelimit-reset-after': String(seconds),
        },
      );
    }
    const type = c.req.header('content-type') ?? '';
    const body: DiscordBody | null = type.startsWith('application/json')
      ? await c.req.json().catch(() => null)
      : null;
    const problem = body === null ? { code: 50035, message: 'Invalid Form Body' } : problemOf(body);
    if (body === null || problem !== null) return c.json(problem ?? {}, 400);
    const shown = { ...body, id: newId(), at: clock.now(), pings: pingsIn(body) };
    hook.messages.push(shown);
    return c.req.query('wait') === 'true'
      ? c.json({ id: shown.id, type: 0, content: body.content ?? '', embeds: body.embeds ?? [] })
      : c.body(null, 204);
  });
  app.notFound((c) => c.json({ message: '404: Not Found', code: 0 }, 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

/** Failures count too. */
function waitOf(hook: DiscordHook & { readonly calls: number[] }, now: number): number {
  if (hook.quietUntil > now) return hook.quietUntil - now;
  const { calls, windowMs } = HOOK_LIMIT;
  hook.calls.splice(0, hook.calls.length, ...hook.calls.filter((at) => at > now - windowMs), now);
  return hook.calls.length > calls ? windowMs : 0;
}

/** Without `allowed_mentions` everything in a text that looks like a mention pings. */
function pingsIn({ content = '', allowed_mentions: allowed }: DiscordBody): boolean {
  return (
    (allowed?.parse ?? ['everyone']).includes('everyone') && /@(?:everyone|here)/.test(content)
  );
}
