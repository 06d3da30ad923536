// Makes the Authorization header of one post by one library for a while; prints how many.
import { createHmac, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { authorizationHeader } from '../../../src/platforms/x/api/oauth1.ts';

const require = createRequire(import.meta.url);
const url = 'https://api.x.com/2/tweets';
const method = 'POST';
const consumer = { key: 'consumer-key-of-25-letters', secret: 'c'.repeat(50) };
const token = { key: '1700000000000000001-token-of-an-account', secret: 't'.repeat(45) };

const makers = {
  soshik() {
    const credentials = {
      consumerKey: consumer.key,
      consumerSecret: consumer.secret,
      token: token.key,
      tokenSecret: token.secret,
    };
    return () =>
      authorizationHeader(
        credentials,
        { method, url },
        {
          timestampSeconds: Math.floor(Date.now() / 1000),
          nonce: randomBytes(16).toString('hex'),
        },
      );
  },
  'oauth-1.0a'() {
    const OAuth = require('oauth-1.0a');
    const oauth = new OAuth({
      consumer,
      signature_method: 'HMAC-SHA1',
      hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
    });
    return () => oauth.toHeader(oauth.authorize({ url, method, data: {} }, token)).Authorization;
  },
  'twitter-api-v2'() {
    const helper = new URL(
      './client-mixins/oauth1.helper.js',
      `file://${require.resolve('twitter-api-v2')}`,
    );
    const { OAuth1Helper, default: fallback } = require(helper.pathname);
    const oauth = new (OAuth1Helper ?? fallback)({ consumerKeys: consumer });
    return () => oauth.toHeader(oauth.authorize({ url, method, data: {} }, token)).Authorization;
  },
};

const [who, milliseconds] = process.argv.slice(2);
const header = makers[who]();
if (!/^OAuth .*oauth_signature="[^"]{20,}"/.test(await header()))
  throw new Error(`${who}: no header`);
for (let count = 0; count < 2000; count++) await header();

let made = 0;
const cpu = process.cpuUsage();
const startedAt = performance.now();
while (performance.now() - startedAt < Number(milliseconds)) {
  for (let count = 0; count < 100; count++) await header();
  made += 100;
}
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  JSON.stringify({
    requests: made,
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: (user + system) / 1e6,
  }),
);
