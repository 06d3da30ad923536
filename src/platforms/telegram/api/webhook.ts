/** What Telegram puts the webhook's secret into. */
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** The kinds of updates that `readUpdate` knows (setWebhook's `allowed_updates`). */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;
