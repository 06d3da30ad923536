import { Hono } from 'hono';
import * as v from 'valibot';
import { idSchema, readJson } from './body.ts';
import { type Guard, userOf, type XEnv } from './guard.ts';
import type { MediaStore } from './media-store.ts';
import { forbidden, invalidRequest } from './problems.ts';
import type { Message, XContext } from './types.ts';

const maxCharacters = 10_000;

/**
 * CreateDirectMessagesByParticipantIdRequest of X's OpenAPI description; one attachment
 * (docs/platforms/x.md, Direct messages).
 */
const createMessage = v.strictObject({
  text: v.optional(v.pipe(v.string(), v.minLength(1))),
  attachments: v.optional(
    v.pipe(v.array(v.strictObject({ media_id: idSchema })), v.minLength(1), v.maxLength(1)),
  ),
});

const messaging = { user: ['dm.write', 'tweet.read', 'users.read'] } as const;

/**
 * Direct messages between an account and each person (docs/platforms/x.md, Direct messages).
 *
 * @param onSent hears of each message that an account sent through the API
 */
export function createMessages(
  context: XContext,
  media: MediaStore,
  guard: Guard,
  onSent: (message: Message) => void,
) {
  const messages: Message[] = [];
  const blocking = new Set<string>();
  const routes = new Hono<XEnv>();

  function store(message: Omit<Message, 'id' | 'at'>): Message {
    const stored = { ...message, id: context.nextId(), at: context.now() };
    messages.push(stored);
    return stored;
  }

  const path = '/2/dm_conversations/with/:person/messages';
  routes.post(path, guard('directMessages', messaging), async (c) => {
    const sender = userOf(c);
    const person = c.req.param('person');
    const read = await readJson(c.req.raw, createMessage);
    if (!read.ok) return read.problem;
    const { text = '', attachments = [] } = read.value;
    if (text.trim() === '' && attachments.length === 0) {
      return invalidRequest('One of `text` and `attachments` is required.');
    }
    if (Array.from(text).length > maxCharacters) {
      return invalidRequest(`The text is longer than ${maxCharacters} characters.`);
    }
    if (!/^[0-9]{1,19}$/.test(person)) {
      return invalidRequest('$.participant_id: is not an id', { participant_id: [person] });
    }
    if (!context.user(person) || person === sender || blocking.has(`${person} ${sender}`)) {
      return forbidden('You do not have permission to DM one or more participants.');
    }
    const pictures = media.use(
      sender,
      attachments.map((attachment) => attachment.media_id),
      'dm',
    );
    if (!pictures.ok) return invalidRequest(pictures.message);
    const [picture] = pictures.value;
    const message = store({
      from: sender,
      to: person,
      text,
      ...(picture ? { media: picture } : {}),
    });
    const data = {
      dm_conversation_id: conversationId(person, sender),
      dm_event_id: message.id,
    };
    onSent(message);
    return c.json({ data }, 201);
  });

  return {
    routes,
    store,
    /** From now on the person takes no message of the account, which is the bot unless named. */
    block: (userId: string, accountId = context.bot.id) =>
      void blocking.add(`${userId} ${accountId}`),
    unblock: (userId: string, accountId = context.bot.id) =>
      void blocking.delete(`${userId} ${accountId}`),
    /** Oldest first. */
    conversation: (userId: string, accountId = context.bot.id): Message[] =>
      messages.filter(
        ({ from, to }) =>
          (from === userId && to === accountId) || (from === accountId && to === userId),
      ),
  };
}

function conversationId(one: string, other: string): string {
  return BigInt(one) < BigInt(other) ? `${one}-${other}` : `${other}-${one}`;
}
