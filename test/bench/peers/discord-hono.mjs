import { DiscordHono } from 'discord-hono';

const app = new DiscordHono();
app.command('hello', (context) => context.res('hello'));

export default app;
