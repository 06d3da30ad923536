import type { SandboxClock } from '../clock.ts';
import { badRequest, notFound, type Outcome, unauthorized } from './answers.ts';
import { createChats } from './chats.ts';
import { createConversations } from './conversations.ts';
import { createFlood, publishedLimits } from './limits.ts';
import type { BotCommand } from './method.ts';
import { createMethods } from './methods.ts';
import type { TelegramSandbox } from './telegram-sandbox.ts';
import type { Bot, Callback, Person, Refusal } from './types.ts';
import { createWebhook } from './webhook.ts';

export type { TelegramSandbox } from './telegram-sandbox.ts';

/** Telegram with one bot, whose token is `<bot id>:<secret>`; `handle` is api.telegram.org. */
export function createTelegram(
  clock: SandboxClock,
  token: string,
): {
  readonly sandbox: TelegramSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const now = () => clock.now();
  const id = Number(token.split(':')[0]);
  const bot: Bot = { id, name: '소식', username: 'soshik_sandbox_bot' };
  const people: Person[] = [
    { id: 6_100_000_001, name: '하나', username: 'hana_chats', language: 'ko' },
    { id: 6_100_000_002, name: 'Sam', username: 'sam_chats', language: 'en' },
  ];
  const chats = createChats(now, people);
  chats.add({ id: -4_200_000_001, type: 'group', name: '정원 모임', language: 'ko' });
  const limits = publishedLimits();
  const refusals: Refusal[] = [];
  const callbacks: Callback[] = [];
  const commands = new Map<string, readonly BotCommand[]>();
  const webhook = createWebhook(now, (method, parameters) => void run(method, parameters));
  const countMessage = createFlood(now, limits);
  const find = createMethods({ bot, chats, countMessage, webhook, callbacks, commands, now });

  function run(method: string, parameters: object): Outcome {
    const outcome = find(method)(parameters);
    if (!outcome.ok) {
      const { error_code: code, description } = outcome;
      refusals.push({ at: now(), method, code, description });
    }
    return outcome;
  }

  async function answer(request: Request): Promise<Outcome> {
    const { pathname } = new URL(request.url);
    const [, given, method] = /^\/bot([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    if (given === undefined || method === undefined) return notFound;
    if (given !== token) return /^\d+:[\w-]+$/.test(given) ? unauthorized : notFound;
    const text = await request.text();
    const isJson = /^application\/json\b/i.test(request.headers.get('content-type') ?? '');
    if (text === '' || !isJson) return run(method, {});
    const parameters = jsonOf(text);
    return typeof parameters === 'object' && parameters !== null
      ? run(method, parameters)
      : badRequest("can't parse JSON object");
  }

  const sandbox: TelegramSandbox = {
    bot,
    people,
    chats: chats.list,
    limits,
    webhook: webhook.state,
    commands,
    callbacks,
    refusals,
    ...createConversations({ bot, people, chats, callbacks, webhook, now }),
    pendingUpdates: () => webhook.pending.length,
    messages: (chatId) => chats.messages(chatId),
    reachBy: (deliver) => webhook.reachBy(deliver),
    connect(url, secret) {
      const given = { url, allowed_updates: [], ...(secret !== null && { secret_token: secret }) };
      const problem = webhook.set(given);
      if (problem) throw new Error(problem.description);
    },
    deliver: (options) => webhook.deliver(options),
    settled: () => webhook.settled(),
  };

  return {
    sandbox,
    async handle(request) {
      const outcome = await answer(request);
      return Response.json(outcome, { status: outcome.ok ? 200 : outcome.error_code });
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
