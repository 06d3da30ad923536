import { badRequest, done, type Failure, standingProblem, tooManyRequests } from './answers.ts';
import { type Method, type MethodsOptions, method } from './method.ts';
import * as parameters from './parameters.ts';
import { readContent } from './texts.ts';
import type { Chat } from './types.ts';
import { sentJson } from './updates.ts';

/** The sandbox's own: how long a button waits for its answer is not published. */
const callbackLifeMs = 60_000;

/** The methods that say something, by their name in lower case. */
export function createMessageMethods(options: MethodsOptions): readonly [string, Method][] {
  const { bot, chats, countMessage, callbacks, now } = options;

  /** A chat something can be said in. */
  function openChat(given: number | string): Chat | Failure {
    const chat = chats.find(given);
    if (!chat) return badRequest('chat not found');
    return standingProblem(chat) ?? chat;
  }

  /** Counts a message to a chat against the limits. */
  function flood(chat: Chat): Failure | null {
    const slowMs = chat.slowUntil - now();
    if (slowMs > 0) return tooManyRequests(Math.ceil(slowMs / 1000));
    const waitSeconds = countMessage(chat);
    return waitSeconds === null ? null : tooManyRequests(waitSeconds);
  }

  const sendMessage = method(parameters.sendMessageSchema, (given) => {
    const chat = openChat(given.chat_id);
    if ('error_code' in chat) return chat;
    const content = readContent(given);
    if ('error_code' in content) return content;
    const refusal = topicProblem(chat, given.message_thread_id) ?? flood(chat);
    if (refusal) return refusal;
    const message = chats.say(chat.id, 'bot', content, {
      isSilent: given.disable_notification ?? false,
      topic: given.message_thread_id ?? null,
    });
    return done(sentJson(bot, chat, message));
  });

  const editMessageText = method(parameters.editMessageTextSchema, (given) => {
    const chat = openChat(given.chat_id);
    if ('error_code' in chat) return chat;
    const content = readContent(given);
    if ('error_code' in content) return content;
    const old = chats.messages(chat.id).find(({ id }) => id === given.message_id);
    if (!old) return badRequest('message to edit not found');
    if (old.from !== 'bot') return badRequest("message can't be edited");
    if (old.html === content.html && sameButtons(old.buttons, content.buttons)) {
      return badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    }
    const refusal = flood(chat);
    if (refusal) return refusal;
    const message = chats.edit(chat.id, old.id, content) ?? old;
    return done(sentJson(bot, chat, message));
  });

  const answerCallbackQuery = method(parameters.answerCallbackQuerySchema, (given) => {
    const callback = callbacks.find(({ id }) => id === given.callback_query_id);
    if (!callback || callback.answer || now() > callback.at + callbackLifeMs) {
      return badRequest('query is too old and response timeout expired or query ID is invalid');
    }
    callback.answer = { text: given.text ?? '', isAlert: given.show_alert ?? false };
    return done();
  });

  return [
    ['sendmessage', sendMessage],
    ['editmessagetext', editMessageText],
    ['answercallbackquery', answerCallbackQuery],
  ];
}

/** General has no id of its own; groups that are no forums take any. */
function topicProblem(chat: Chat, topic: number | undefined): Failure | null {
  if (topic === undefined || chat.type !== 'supergroup') return null;
  const isThere = topic > 1 && !chat.deletedTopics.has(topic);
  return isThere ? null : badRequest('message thread not found');
}

function sameButtons(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
