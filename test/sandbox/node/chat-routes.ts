import { Hono } from 'hono';
import * as v from 'valibot';
import type { World } from '../world.ts';
import { bodyOf } from './json-body.ts';
import { chatPhones } from './page/chat-state.ts';

const text = v.pipe(v.string(), v.trim(), v.minLength(1));

const saySchema = v.object({
  /** Id of a person on X: each has a phone with all apps. */
  from: v.string(),
  text,
  phone: v.optional(v.picklist(chatPhones), 'dm'),
  room: v.optional(v.picklist(['bot', 'group']), 'bot'),
  /** Id of the X account that is written to; default the bot. */
  to: v.optional(v.string()),
});
const pressSchema = v.object({
  from: v.string(),
  phone: v.picklist(['kakao', 'telegram']),
  room: v.optional(v.picklist(['bot', 'group']), 'bot'),
  /** Id of what the button is under. */
  entry: v.string(),
  label: text,
});

/** What people do on their phones: they write, and press buttons. */
export function chatRoutes(world: World): Hono {
  const routes = new Hono();

  /** The same person on each platform. */
  function personOf(xId: string) {
    const person = world.x.people.find(({ id }) => id === xId);
    const kakao = world.kakao.people.find(({ name }) => name === person?.name);
    const telegram = world.telegram.people.find(({ name }) => name === person?.name);
    return person && kakao && telegram ? { person, kakao, telegram } : null;
  }

  function chatIdOf(ownId: number, room: 'bot' | 'group'): number {
    const group = world.telegram.chats.find(({ type }) => type !== 'private');
    return room === 'group' ? (group?.id ?? ownId) : ownId;
  }

  routes.post('/say', async (c) => {
    const said = v.safeParse(saySchema, await bodyOf(c.req));
    if (!said.success) return c.json({ error: 'from: id of a person; text: words' }, 400);
    const { from, text: words, phone, room, to } = said.output;
    const found = personOf(from);
    if (!found) return c.json({ error: 'from' }, 404);
    if (to !== undefined && !world.x.accounts.some(({ id }) => id === to)) {
      return c.json({ error: 'to' }, 404);
    }
    const { kakao, telegram } = found;
    const say = {
      dm: async () => accepted(await world.x.say(from, words, to === undefined ? {} : { to })),
      kakao: async () => (await world.kakao.say(kakao.id, words)).status === 200,
      telegram: async () => {
        const chatId = chatIdOf(telegram.id, room);
        return accepted(await world.telegram.say(chatId, words, { from: telegram.id }));
      },
    };
    const isAccepted = await say[phone]();
    return c.json({ accepted: isAccepted }, isAccepted ? 200 : 502);
  });

  routes.post('/press', async (c) => {
    const pressed = v.safeParse(pressSchema, await bodyOf(c.req));
    if (!pressed.success) return c.json({ error: 'from, phone, entry, label' }, 400);
    const { from, phone, room, entry, label } = pressed.output;
    const found = personOf(from);
    if (!found) return c.json({ error: 'from' }, 404);
    const { kakao, telegram } = found;
    if (phone === 'telegram') {
      const chatId = chatIdOf(telegram.id, room);
      const answers = await world.telegram.press(chatId, label, { from: telegram.id });
      return c.json({ accepted: accepted(answers) });
    }
    const shown = world.kakao.chat(kakao.id)[Number(entry)];
    const button = [...(shown?.buttons ?? []), ...(shown?.quickReplies ?? [])].find(
      (one) => one.label === label,
    );
    if (!button) return c.json({ error: 'label' }, 404);
    const turn = await world.kakao.say(kakao.id, button.messageText ?? label, {
      clientExtra: button.extra,
    });
    return c.json({ accepted: turn.status === 200 });
  });

  return routes;
}

function accepted(answers: readonly Response[]): boolean {
  return answers.some(({ ok }) => ok);
}
