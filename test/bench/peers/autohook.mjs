import { Autohook } from 'twitter-autohook';

const hook = new Autohook({
  token: 'none',
  token_secret: 'none',
  consumer_key: 'none',
  consumer_secret: process.env.TWITTER_API_SECRET,
  env: 'bench',
  port: Number(process.env.PORT),
});
hook.on('event', () => {});
hook.startServer();
