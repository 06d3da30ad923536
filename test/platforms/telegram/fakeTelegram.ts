import { env } from 'cloudflare:workers';
import type { Bot } from '../../../src/bot/context.ts';
import { systemRuntime } from '../../../src/lib/runtime.ts';
import { wire } from '../../../src/wire.ts';

/** A Bot API that keeps one bot's webhook and commands, and can be told to refuse a method. */
export interface FakeTelegram {
  webhook: Record<string, unknown>;
  readonly commands: Map<string, { command: string; description: string }[]>;
  readonly calls: string[];
  readonly refusals: Map<string, readonly [code: number, description: string]>;
  readonly contextOn: (db: D1Database, more?: Changes) => Bot;
  /** Lets time pass. */
  readonly advance: (ms: number) => void;
}

/** What a test changes of the deployment: its address, and its secrets and vars. */
interface Changes {
  readonly publicUrl?: string | null;
  readonly vars?: Readonly<Record<string, string>>;
}

export const TELEGRAM = {
  TELEGRAM_API_URL: 'https://telegram.example',
  TELEGRAM_BOT_TOKEN: '700000001:fake-telegram-token',
  TELEGRAM_WEBHOOK_SECRET: 'fake-webhook-secret',
};

export function createFakeTelegram(): FakeTelegram {
  let now = Date.UTC(2026, 10, 22, 3);
  const fake: FakeTelegram = {
    webhook: { url: '' },
    commands: new Map(),
    calls: [],
    refusals: new Map(),
    contextOn: (db, { publicUrl = 'https://soshik.example', vars = {} } = {}) =>
      wire(
        { ...env, DB: db, ...TELEGRAM, ...vars, PUBLIC_URL: publicUrl ?? '' },
        { now: () => now, fetch: answer, randomBytes: systemRuntime.randomBytes },
      ),
    advance: (ms) => {
      now += ms;
    },
  };

  async function answer(request: Request): Promise<Response> {
    const method = new URL(request.url).pathname.split('/').at(-1) ?? '';
    const parameters = await request.json<Record<string, unknown>>();
    fake.calls.push(method);
    const refusal = fake.refusals.get(method);
    if (refusal) {
      const [error_code, description] = refusal;
      return Response.json({ ok: false, error_code, description }, { status: error_code });
    }
    return Response.json({ ok: true, result: carryOut(method, parameters) });
  }

  function carryOut(method: string, parameters: Record<string, unknown>): unknown {
    switch (method) {
      case 'getMe':
        return { id: 700000001, is_bot: true, first_name: '소식', username: 'soshik_bot' };
      case 'getWebhookInfo':
        return { pending_update_count: 0, ...fake.webhook };
      case 'setWebhook':
        fake.webhook = parameters;
        return true;
      case 'setMyCommands':
        fake.commands.set(
          typeof parameters['language_code'] === 'string' ? parameters['language_code'] : '',
          JSON.parse(JSON.stringify(parameters['commands'])),
        );
        return true;
      default:
        throw new Error(`no such method: ${method}`);
    }
  }

  return fake;
}
