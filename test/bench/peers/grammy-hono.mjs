import { Bot, webhookCallback } from 'grammy';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (context) => context.text('hello'));
app.post('/webhook', (context) => {
  const bot = new Bot(context.env.TELEGRAM_BOT_TOKEN);
  bot.on('message', (message) => message.reply('hello'));
  return webhookCallback(bot, 'hono')(context);
});

export default app;
