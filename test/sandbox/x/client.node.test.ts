import { once } from 'node:events';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { serve } from '@hono/node-server';
import { TwitterApi } from 'twitter-api-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPng } from '../png.ts';
import { createWorld, sandboxAppBearer, sandboxSecrets } from '../world.ts';
import { backWith, press } from './login-client.ts';

/**
 * A client that nobody here wrote, over real HTTP. It only knows https://api.x.com, so its agent
 * opens a plain connection to the sandbox instead; what it signs stays the real address.
 */
class SandboxAgent extends Agent {
  readonly #port: number;

  constructor(port: number) {
    super({ keepAlive: false });
    this.#port = port;
  }

  override createConnection() {
    return connect({ host: '127.0.0.1', port: this.#port });
  }
}

const world = createWorld({ startAt: Date.now(), ticking: true });
const hana = '1700000000000000101';
const second = '1700000000000000009';
const callback = 'https://soshik.example/login/twitter/callback';
world.x.app.callbacks.push(callback);
const tokens = {
  appKey: sandboxSecrets.TWITTER_API_KEY,
  appSecret: sandboxSecrets.TWITTER_API_SECRET,
  accessToken: sandboxSecrets.TWITTER_ACCESS_TOKEN,
  accessSecret: sandboxSecrets.TWITTER_ACCESS_TOKEN_SECRET,
};
const server = serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch: async (request) => {
    const { pathname, search } = new URL(request.url);
    return await world.fetch(new Request(`https://api.x.com${pathname}${search}`, request));
  },
});
let agent: SandboxAgent;

beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  agent = new SandboxAgent(address.port);
});

afterAll(async () => {
  server.close();
  await once(server, 'close');
});

const client = () => new TwitterApi(tokens, { httpAgent: agent });

describe('twitter-api-v2 against the sandbox', () => {
  test('it posts a text with a picture uploaded in pieces, and finds it on the timeline', async () => {
    const png = await createPng(40, 30, (x, y) => [x, y, 99]);
    const id = await client().v2.uploadMedia(
      Buffer.from(png),
      { media_type: 'image/png', media_category: 'tweet_image' },
      64,
    );
    await client().v2.createMediaMetadata(id, { alt_text: { text: '포스터' } });
    const text = "[틱, 틱... 그리고 봄! (100% *)] it's & <3";
    const posted = await client().v2.tweet(text, { media: { media_ids: [id] } });
    expect(world.x.timeline()).toMatchObject([
      { id: posted.data.id, text, media: [{ id, alt: '포스터', type: 'image/png' }] },
    ]);
    const timeline = await client().v2.userTimeline(world.x.bot.id, {
      max_results: 5,
      'tweet.fields': ['created_at', 'author_id'],
    });
    expect(timeline.tweets).toMatchObject([{ id: posted.data.id, author_id: world.x.bot.id }]);
  });

  test('it sends a direct message and knows who it is', async () => {
    const sent = await client().v2.sendDmToParticipant(hana, { text: '야옹' });
    const [message] = world.x.conversation(hana);
    expect(message).toMatchObject({ from: world.x.bot.id, text: '야옹' });
    // The client's type lacks the `data` that X and the sandbox answer with.
    expect(sent).toMatchObject({ data: { dm_event_id: message?.id } });
    expect((await client().v2.me()).data).toEqual(world.x.bot);
  });

  test('it deletes a post', async () => {
    const posted = await client().v2.tweet('곧 지울 글');
    expect((await client().v2.deleteTweet(posted.data.id)).data.deleted).toBe(true);
    expect(world.x.timeline()[0]).toMatchObject({ id: posted.data.id, deleted: true });
  });

  test('it understands refusals and the rate limit in their headers', async () => {
    await client().v2.tweet('같은 글');
    await expect(client().v2.tweet('같은 글')).rejects.toMatchObject({
      code: 403,
      data: { detail: 'You are not allowed to create a Tweet with duplicate content.' },
      rateLimit: { limit: 100 },
    });
    const stranger = new TwitterApi({ ...tokens, accessSecret: 'wrong' }, { httpAgent: agent });
    await expect(stranger.v2.tweet('안녕')).rejects.toMatchObject({ code: 401 });
  });
});

const app = { appKey: tokens.appKey, appSecret: tokens.appSecret };
const oauth2 = () =>
  new TwitterApi(
    {
      clientId: sandboxSecrets.TWITTER_CLIENT_ID,
      clientSecret: sandboxSecrets.TWITTER_CLIENT_SECRET,
    },
    { httpAgent: agent },
  );

/** A client of the second account by OAuth 2.0. */
async function loginWithPkce(scope: string[]) {
  const link = oauth2().generateOAuth2AuthLink(callback, { scope });
  const back = backWith(await press(world, link.url, { allow: second }));
  expect(back.get('state')).toBe(link.state);
  return await oauth2().loginWithOAuth2({
    code: back.get('code') ?? '',
    codeVerifier: link.codeVerifier,
    redirectUri: callback,
  });
}

describe('twitter-api-v2 logs in', () => {
  test('by three legs, for a second account that then sends a message', async () => {
    const link = await new TwitterApi(app, { httpAgent: agent }).generateAuthLink(callback, {
      linkMode: 'authorize',
    });
    expect(link.oauth_callback_confirmed).toBe('true');
    const back = backWith(await press(world, link.url, { allow: second }));
    const asking = new TwitterApi(
      { ...app, accessToken: link.oauth_token, accessSecret: link.oauth_token_secret },
      { httpAgent: agent },
    );
    const login = await asking.login(back.get('oauth_verifier') ?? '');
    expect(login).toMatchObject({ userId: second, screenName: 'second_bot' });
    await login.client.v2.sendDmToParticipant(hana, { text: '두번째예요' });
    expect(world.x.conversation(hana, second)).toMatchObject([{ from: second }]);
  });

  test('by three legs in vain: a callback that is not listed, a wrong verifier', async () => {
    const asking = new TwitterApi(app, { httpAgent: agent });
    await expect(asking.generateAuthLink('https://other.example/')).rejects.toMatchObject({
      code: 403,
      errors: [{ code: 415 }],
    });
    const link = await asking.generateAuthLink(callback, { linkMode: 'authorize' });
    await press(world, link.url, { allow: second });
    const wrong = new TwitterApi(
      { ...app, accessToken: link.oauth_token, accessSecret: link.oauth_token_secret },
      { httpAgent: agent },
    );
    await expect(wrong.login('wrong')).rejects.toMatchObject({ code: 401 });
  });

  test('by OAuth 2.0 with PKCE, posts with a picture, and refreshes once', async () => {
    const scope = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];
    const login = await loginWithPkce(scope);
    expect(login).toMatchObject({ expiresIn: 7200, scope });
    const png = await createPng(20, 10, (x, y) => [x, 99, y]);
    const id = await login.client.v2.uploadMedia(Buffer.from(png), {
      media_type: 'image/png',
      media_category: 'tweet_image',
    });
    const posted = await login.client.v2.tweet('두번째의 글', { media: { media_ids: [id] } });
    expect(world.x.timeline(second)).toMatchObject([{ id: posted.data.id, media: [{ id }] }]);
    await expect(login.client.v2.sendDmToParticipant(hana, { text: '?' })).rejects.toMatchObject({
      code: 403,
    });
    const next = await oauth2().refreshOAuth2Token(login.refreshToken ?? '');
    expect((await next.client.v2.me()).data.username).toBe('second_bot');
    await expect(oauth2().refreshOAuth2Token(login.refreshToken ?? '')).rejects.toMatchObject({
      code: 400,
      data: { error: 'invalid_grant' },
    });
    await oauth2().revokeOAuth2Token(next.accessToken);
    await expect(next.client.v2.me()).rejects.toMatchObject({ code: 401 });
  });

  test('as the app alone, which reads but does not write', async () => {
    const alone = await new TwitterApi(app, { httpAgent: agent }).appLogin();
    expect(alone.getActiveTokens()).toEqual({ type: 'oauth2', bearerToken: sandboxAppBearer });
    const timeline = await alone.v2.userTimeline(second, { max_results: 5 });
    expect(timeline.tweets).toMatchObject([{ text: expect.stringContaining('두번째의 글') }]);
    await expect(alone.readWrite.v2.tweet('안 돼요')).rejects.toMatchObject({ code: 403 });
  });
});
