import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { sandboxSecrets } from '../secrets.ts';
import { eventPriceWon } from './app-settings.ts';
import type { Chats } from './chats.ts';
import type { Skill } from './skill.ts';
import { plainView } from './skill-view.ts';
import { createTasks, unresolved } from './tasks.ts';
import type { KakaoContext, KakaoPerson } from './types.ts';

const event = v.object({
  name: v.pipe(v.string(), v.minLength(1)),
  data: v.optional(v.record(v.string(), v.unknown()), {}),
});
const params = v.optional(v.record(v.string(), v.unknown()), {});
const some = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(100));

const toPeople = v.object({
  event,
  params,
  user: some(
    v.object({
      type: v.picklist(['botUserKey', 'plusfriendUserKey', 'appUserId']),
      id: v.pipe(v.string(), v.minLength(1)),
    }),
  ),
});
const toRooms = v.object({
  event,
  params,
  chat: some(v.object({ type: v.literal('botGroupKey'), id: v.pipe(v.string(), v.minLength(1)) })),
});

type Event = v.InferOutput<typeof event>;

export interface EventApiOptions {
  readonly context: KakaoContext;
  readonly chats: Chats;
  readonly skill: Skill;
  /** Runs after the call is answered. */
  readonly background: (work: Promise<unknown>) => void;
}

/** `bot-api.kakao.com`: the bot writes first (docs/platforms/kakao.md, Event API). */
export function createEventApi({ context, chats, skill, background }: EventApiOptions): Hono {
  const { app, now } = context;
  const tasks = createTasks(now, background);
  const routes = new Hono();

  routes.use('/:version{v[123]}/*', async (c, next) => {
    // A callback address is its own credential.
    if (c.req.path.includes('/callback/')) return await next();
    if (c.req.header('authorization') === `KakaoAK ${sandboxSecrets.KAKAO_REST_API_KEY}`) {
      return await next();
    }
    context.onRefusal(c.req.raw, 'wrong app key');
    return c.json({ status: 'FAIL', message: 'Unauthorized', timestamp: now() }, 401);
  });

  function refuse(c: Context, message: string): Response {
    context.onRefusal(c.req.raw, message);
    return c.json({ taskId: '', status: 'FAIL', message, timestamp: now() }, app.bot.failStatus);
  }

  /** Whether the bot may send an event of this name at all. */
  function problemOf(botId: string | undefined, name: string): string | null {
    // A `!` at the end names the dev channel.
    if (botId?.replace(/!$/, '') !== app.bot.id) return 'invalid bot id';
    return Object.hasOwn(app.bot.events, name) ? null : `no block has the event ${name}`;
  }

  async function show(
    chatId: string,
    person: KakaoPerson | undefined,
    { name, data }: Event,
    sentParams: Readonly<Record<string, unknown>>,
  ): Promise<string | null> {
    const words = app.bot.events[name];
    if (typeof words === 'string') {
      const text = words.replace(/\{\{#current\.event\.data\.(\w+)\}\}/g, (_, key: string) => {
        const value = data[key];
        return typeof value === 'string' ? value : JSON.stringify(value ?? '');
      });
      chats.write(chatId, { from: 'bot', via: 'event', ...plainView(text) });
      return null;
    }
    if (!person) return 'a room has no skill block';
    const turn = await skill.call(person, name, {}, { params: sentParams });
    return turn.problems[0] ?? null;
  }

  /** Sends to one receiver; gives what went wrong. */
  async function sendToPerson(
    { type, id }: { readonly type: string; readonly id: string },
    sent: Event,
    sentParams: Readonly<Record<string, unknown>>,
  ): Promise<string | null> {
    const person = chats.byKey(type, id);
    if (!person) return unresolved;
    if (!chats.hasChannel(person.id)) return 'the channel is not added';
    app.bot.walletWon -= eventPriceWon;
    return await show(person.id, person, sent, sentParams);
  }

  routes.post('/v2/bots/:botId/talk', async (c) => {
    const parsed = v.safeParse(toPeople, await c.req.json<unknown>().catch(() => null));
    if (!parsed.success) return refuse(c, 'invalid request body');
    const { event: sent, user: users, params: sentParams } = parsed.output;
    const problem = problemOf(c.req.param('botId'), sent.name);
    if (problem !== null) return refuse(c, problem);
    if (app.bot.walletWon < users.length * eventPriceWon) return refuse(c, 'the wallet is empty');
    const send = async (user: (typeof users)[number]) => await sendToPerson(user, sent, sentParams);
    return c.json(tasks.start(users, send));
  });

  routes.post('/v2/bots/:botId/group', async (c) => {
    const parsed = v.safeParse(toRooms, await c.req.json<unknown>().catch(() => null));
    if (!parsed.success) return refuse(c, 'invalid request body');
    const { event: sent, chat, params: sentParams } = parsed.output;
    const problem = problemOf(c.req.param('botId'), sent.name);
    if (problem !== null) return refuse(c, problem);
    const send = async ({ id }: { readonly id: string }) =>
      chats.rooms.some(({ key }) => key === id)
        ? await show(id, undefined, sent, sentParams)
        : 'the bot is not in the room';
    return c.json(tasks.start(chat, send));
  });

  routes.get('/:version{v[12]}/tasks/:taskId', (c) => {
    const result = tasks.result(c.req.param('taskId'));
    return result ? c.json(result) : refuse(c, 'no such task');
  });

  routes.get('/v3/bots/:botId/group-chat-rooms', (c) =>
    c.json({ groupChatRooms: chats.rooms.map(({ key, name }) => ({ botGroupKey: key, name })) }),
  );
  routes.get('/v2/bots/:botId/group-chat-rooms/:key/members', (c) => {
    const room = chats.rooms.find(({ key }) => key === c.req.param('key'));
    const members = room?.memberIds.flatMap((id) => context.person(id) ?? []) ?? [];
    return c.json({ users: members.map(({ botUserKey }) => ({ botUserKey })) });
  });

  return routes;
}
