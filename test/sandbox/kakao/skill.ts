import { Hono } from 'hono';
import { MINUTE_MS } from '../../../src/lib/time.ts';
import type { Deliver } from '../x/crc.ts';
import { randomToken } from '../x/random.ts';
import type { Chats } from './chats.ts';
import type { Links } from './links.ts';
import { answerWithin } from './reach.ts';
import { skillAnswerProblems } from './skill-answer.ts';
import { type SayOptions, skillRequest } from './skill-request.ts';
import { isWaiting, plainView, viewOf } from './skill-view.ts';
import type { ChatEntry, KakaoContext, KakaoPerson, SkillTurn } from './types.ts';

/** A slow answer that is awaited. */
interface Callback {
  readonly chatId: string;
  readonly inGroup: boolean;
  /** Epoch milliseconds. */
  readonly until: number;
}

export interface SkillOptions {
  readonly context: KakaoContext;
  readonly chats: Chats;
  readonly links: Links;
  readonly carry: Deliver;
}

export type Skill = ReturnType<typeof createSkill>;

/**
 * Calls the skill as the chatbot does, and takes its slow answers (docs/platforms/kakao.md, Skill).
 */
export function createSkill({ context, chats, links, carry }: SkillOptions) {
  const { app, now } = context;
  const callbacks = new Map<string, Callback>();
  const routes = new Hono();
  let connected: { readonly url: string; readonly token: string } | null = null;

  function callbackUrl(chatId: string, inGroup: boolean): string {
    const token = randomToken(24);
    callbacks.set(token, { chatId, inGroup, until: now() + (inGroup ? 5 : 1) * MINUTE_MS });
    return `${app.bot.callbackUrl}/v1/bots/${app.bot.id}/callback/${token}`;
  }

  async function post(body: object): Promise<{ status: number | null; answer: unknown }> {
    if (!connected) return { status: null, answer: null };
    const request = new Request(connected.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'AHC/2.1',
        'x-chappie-footprint': `chp-${randomToken(9)}`,
        'x-request-id': `chp-${randomToken(9)}`,
        'x-skill-token': connected.token,
      },
      body: JSON.stringify(body),
    });
    const response = await answerWithin(carry, request, app.waits.skillMs, now);
    if (!response) return { status: null, answer: null };
    const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
    const answer: unknown = isJson ? await response.json().catch(() => null) : null;
    return { status: response.status, answer };
  }

  function problemsOf(
    { status, answer }: { readonly status: number | null; readonly answer: unknown },
    rules: Parameters<typeof skillAnswerProblems>[1],
  ): readonly string[] {
    if (status === null) return [`no answer within ${app.waits.skillMs} ms`];
    if (status !== 200) return [`status ${status}`];
    return answer === null ? ['no JSON'] : skillAnswerProblems(answer, rules);
  }

  /** One call of the skill, shown in the chat; an event whose skill fails shows nothing. */
  async function call(
    person: KakaoPerson,
    utterance: string,
    options: SayOptions,
    event?: { readonly params: Readonly<Record<string, unknown>> },
  ): Promise<SkillTurn> {
    const inGroup = options.groupKey !== undefined;
    const chatId = options.groupKey ?? person.id;
    const mayWait = options.callback === true;
    const body = skillRequest({
      ...options,
      ...event,
      bot: app.bot,
      person,
      utterance,
      isFriend: chats.hasChannel(person.id),
      isLinked: app.bot.isLinked && links.of(person.id) !== null,
      callbackUrl: mayWait ? callbackUrl(chatId, inGroup) : null,
    });
    const { status, answer } = await post(body);
    const problems = problemsOf({ status, answer }, { inGroup, mayWait });
    const via = isWaiting(answer) ? 'waiting' : event ? 'event' : 'skill';
    const shown =
      problems.length === 0
        ? withVia(via, viewOf(answer))
        : withVia('failure', event ? null : plainView(app.bot.failureText));
    return {
      request: body,
      status,
      answer,
      problems,
      entry: shown && chats.write(chatId, { from: 'bot', ...shown }),
    };
  }

  routes.post('/v1/bots/:botId/callback/:token', async (c) => {
    const { botId, token } = c.req.param();
    const callback = callbacks.get(token);
    callbacks.delete(token);
    const answer = await c.req.json<unknown>().catch(() => null);
    const problem = callbackProblem(botId, callback, answer);
    if (problem === null && callback) {
      const shown = withVia('callback', viewOf(answer));
      if (shown) chats.write(callback.chatId, { from: 'bot', ...shown });
    } else {
      context.onRefusal(c.req.raw, problem ?? 'unknown token');
    }
    const status = problem === null ? 'SUCCESS' : 'FAIL';
    const taskId = crypto.randomUUID();
    return c.json(
      { taskId, status, message: problem ?? '', timestamp: now() },
      problem === null ? 200 : app.bot.failStatus,
    );
  });

  function callbackProblem(
    botId: string,
    callback: Callback | undefined,
    answer: unknown,
  ): string | null {
    if (botId !== app.bot.id) return 'invalid bot id';
    if (!callback || callback.until <= now()) return 'invalid callback token';
    const rules = { inGroup: callback.inGroup, mayWait: false };
    const [problem] = skillAnswerProblems(answer, rules);
    return problem ?? null;
  }

  return {
    routes,
    call,
    connect: (url: string, token: string): void => {
      connected = { url, token };
    },

    async say(person: KakaoPerson, text: string, options: SayOptions = {}): Promise<SkillTurn> {
      const chatId = options.groupKey ?? person.id;
      chats.write(chatId, { from: 'person', via: 'utterance', ...plainView(text) });
      return await call(person, text, options);
    },
  };
}

function withVia<View extends object>(
  via: ChatEntry['via'],
  view: View | null,
): (View & { via: ChatEntry['via'] }) | null {
  return view && { ...view, via };
}
