import { createClock, type SandboxClock } from '../clock.ts';
import { createTelegram, type TelegramSandbox } from './sandbox.ts';

export const token = '700000001:fake-telegram-token';
export const webhookUrl = 'https://soshik.example/webhook/telegram';
export const secret = 'fake_webhook-secret';

export interface Setup {
  readonly clock: SandboxClock;
  readonly telegram: TelegramSandbox;
  /** The private chats of one person for each language, and the group. */
  readonly korean: number;
  readonly english: number;
  readonly group: number;
  /** Calls a method; gives the HTTP status beside the body's members. */
  readonly call: (method: string, parameters?: object, as?: string) => Promise<object>;
}

export function setUp(): Setup {
  const clock = createClock(Date.UTC(2026, 10, 22, 3), false);
  const { sandbox, handle } = createTelegram(clock, token);
  const [korean = 0, english = 0, group = 0] = sandbox.chats.map(({ id }) => id);
  return {
    clock,
    telegram: sandbox,
    korean,
    english,
    group,
    async call(method, parameters = {}, as = token) {
      const answer = await handle(
        new Request(`https://api.telegram.org/bot${as}/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(parameters),
        }),
      );
      const body: unknown = await answer.json();
      return { status: answer.status, ...Object(body) };
    },
  };
}

interface Got {
  readonly update: unknown;
  readonly secret: string | null;
}

/** Connects a webhook that answers with one status after the other, then 200 for ever. */
export function listening(
  { telegram }: Setup,
  statuses: readonly number[] = [],
  reply: object | null = null,
): Got[] {
  const got: Got[] = [];
  const left = [...statuses];
  telegram.reachBy(async (request) => {
    const update: unknown = await request.json();
    got.push({ update, secret: request.headers.get('x-telegram-bot-api-secret-token') });
    return Response.json(reply, { status: left.shift() ?? 200 });
  });
  telegram.connect(webhookUrl, secret);
  return got;
}
