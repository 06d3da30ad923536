import * as v from 'valibot';
import { utf8 } from '../bytes.ts';
import { answerInTime, type Deliver } from '../x/crc.ts';
import { badRequest, type Failure } from './answers.ts';
import type { setWebhookSchema } from './parameters.ts';
import type { Update } from './updates.ts';

export interface DeliveryOptions {
  /** How often each update is delivered; default 1. */
  readonly copies?: number;
  /** False: an answer that is no 2xx is the last for now; default true, up to four in all. */
  readonly isRetried?: boolean;
}

/** A method in the answer to an update. */
const replySchema = v.looseObject({ method: v.string() });

const ports = new Set(['', '443', '80', '88', '8443']);
/** What comes unless it is asked for by name. */
const rare = ['chat_member', 'message_reaction', 'message_reaction_count'];
/** The sandbox's own: Telegram's schedule is not published. */
const mostAttempts = 4;

/** The webhook's settings and the updates that wait for it, in order. */
export function createWebhook(
  now: () => number,
  carryOut: (method: string, parameters: object) => void,
) {
  let network: Deliver | null = null;
  let working: Promise<unknown> = Promise.resolve();
  let lastId = 700_000_000;
  const pending: Update[] = [];
  const state = {
    url: '',
    secret: null as string | null,
    allowed: [] as readonly string[],
    maxConnections: 40,
    lastError: null as { readonly at: number; readonly message: string } | null,
  };

  function set(given: v.InferOutput<typeof setWebhookSchema>): Failure | null {
    const problem = given.url === '' ? null : urlProblem(given.url);
    if (problem !== null) return badRequest(`bad webhook: ${problem}`);
    state.url = given.url;
    state.secret = given.secret_token ?? null;
    state.allowed = given.allowed_updates ?? state.allowed;
    state.maxConnections = given.max_connections ?? 40;
    state.lastError = null;
    if (given.drop_pending_updates) pending.length = 0;
    return null;
  }

  /** One attempt; null for no answer. */
  async function attempt(update: Update): Promise<Response | null> {
    if (!network) return null;
    const headers = new Headers({ 'content-type': 'application/json' });
    if (state.secret !== null) headers.set('x-telegram-bot-api-secret-token', state.secret);
    const body = utf8(JSON.stringify(update));
    const request = new Request(state.url, { method: 'POST', headers, body });
    const answer = await answerInTime(network, request, now).catch(() => null);
    if (answer?.ok) {
      const reply = v.safeParse(
        replySchema,
        await answer
          .clone()
          .json()
          .catch(() => null),
      );
      if (reply.success) {
        const { method, ...parameters } = reply.output;
        carryOut(method, parameters);
      }
      return answer;
    }
    const message = answer ? `Wrong response from the webhook: ${answer.status}` : 'Read timeout';
    state.lastError = { at: now(), message };
    return answer;
  }

  async function flush({ copies = 1, isRetried = true }: DeliveryOptions): Promise<Response[]> {
    const answers: Response[] = [];
    while (state.url !== '' && pending[0]) {
      const [update] = pending;
      let isTaken = false;
      for (let tried = 0; !isTaken && tried < (isRetried ? mostAttempts : 1); tried += 1) {
        const answer = await attempt(update);
        if (answer) answers.push(answer);
        isTaken = answer?.ok === true;
      }
      // What is not taken waits, and everything after it.
      if (!isTaken) return answers;
      // It may have been dropped on its way.
      if (pending[0] === update) pending.shift();
      for (let copy = 1; copy < copies; copy += 1) {
        const answer = await attempt(update);
        if (answer) answers.push(answer);
      }
    }
    return answers;
  }

  return {
    state,
    pending,
    set,

    reachBy(deliver: Deliver): void {
      network = deliver;
    },

    /** Keeps an update for the webhook when it wants its kind. */
    add(kind: string, payload: object): void {
      const isWanted =
        state.allowed.length > 0 ? state.allowed.includes(kind) : !rare.includes(kind);
      if (!isWanted) return;
      lastId += 1;
      pending.push({ update_id: lastId, [kind]: payload });
    },

    /** Delivers what waits, in order, after what is on its way already; every answer. */
    async deliver(options: DeliveryOptions = {}): Promise<Response[]> {
      const sent = working.then(() => flush(options));
      working = sent.catch(() => null);
      return await sent;
    },

    /** Resolves when nothing is on its way. */
    settled: async (): Promise<void> => void (await working),
  };
}

function urlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'invalid webhook URL specified';
  const { protocol, hostname, port } = new URL(text);
  // This machine may be allowed what it needs.
  if (['localhost', '127.0.0.1'].includes(hostname)) return null;
  if (protocol !== 'https:') return 'An HTTPS URL must be provided for webhook';
  return ports.has(port) ? null : 'Webhook can be set up only on ports 80, 88, 443 or 8443';
}
