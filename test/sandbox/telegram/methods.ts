import { badRequest, done, notFound } from './answers.ts';
import { createMessageMethods } from './message-methods.ts';
import { type Method, type MethodsOptions, method } from './method.ts';
import * as parameters from './parameters.ts';
import { botJson, chatJson } from './updates.ts';

/** The methods of the Bot API that the bot needs, by their name in lower case. */
export function createMethods(options: MethodsOptions): (name: string) => Method {
  const { bot, chats, webhook, commands } = options;

  const setWebhook = method(parameters.setWebhookSchema, (given) => {
    const problem = webhook.set(given);
    if (problem) return problem;
    void webhook.deliver();
    return done();
  });

  const deleteWebhook = method(parameters.deleteWebhookSchema, (given) => {
    webhook.set({ ...given, url: '' });
    return done();
  });

  const getWebhookInfo = method(parameters.noParametersSchema, () => {
    const { url, maxConnections, allowed, lastError } = webhook.state;
    return done({
      url,
      has_custom_certificate: false,
      pending_update_count: webhook.pending.length,
      ...(url !== '' && { max_connections: maxConnections }),
      ...(allowed.length > 0 && { allowed_updates: allowed }),
      ...(lastError && {
        last_error_date: Math.floor(lastError.at / 1000),
        last_error_message: lastError.message,
      }),
    });
  });

  const setMyCommands = method(parameters.setMyCommandsSchema, (given) => {
    commands.set(given.language_code ?? '', given.commands);
    return done();
  });

  const getMe = method(parameters.noParametersSchema, () =>
    done({ ...botJson(bot), can_join_groups: true, can_read_all_group_messages: true }),
  );

  const getChat = method(parameters.getChatSchema, ({ chat_id }) => {
    const chat = chats.find(chat_id);
    return chat ? done(chatJson(chat)) : badRequest('chat not found');
  });

  const getChatMember = method(parameters.getChatMemberSchema, ({ chat_id, user_id }) => {
    const chat = chats.find(chat_id);
    if (!chat) return badRequest('chat not found');
    const isIn = chat.standing === 'open' || chat.standing === 'muted';
    // Of a channel only its admins learn who is in it.
    if (!isIn && chat.type === 'channel') return badRequest('member list is inaccessible');
    const isAdmin = chat.admins.includes(user_id);
    return done({ user: { id: user_id }, status: isAdmin ? 'administrator' : 'left' });
  });

  const methods = new Map<string, Method>([
    ...createMessageMethods(options),
    ['setwebhook', setWebhook],
    ['deletewebhook', deleteWebhook],
    ['getwebhookinfo', getWebhookInfo],
    ['setmycommands', setMyCommands],
    ['getme', getMe],
    ['getchat', getChat],
    ['getchatmember', getChatMember],
  ]);
  return (name) => methods.get(name.toLowerCase()) ?? (() => notFound);
}
