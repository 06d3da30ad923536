import * as fc from 'fast-check';
import type { OAuth1RequestOptions } from 'twitter-api-v2/dist/cjs/client-mixins/oauth1.helper.js';
import { OAuth1Helper } from 'twitter-api-v2/dist/cjs/client-mixins/oauth1.helper.js';
import { expect, test } from 'vitest';
import { authorizationHeader } from '../../../../src/platforms/x/api/oauth1.ts';

class StampedHelper extends OAuth1Helper {
  readonly #stamp: { readonly timestampSeconds: number; readonly nonce: string };

  constructor(
    consumerKeys: { key: string; secret: string },
    stamp: { readonly timestampSeconds: number; readonly nonce: string },
  ) {
    super({ consumerKeys });
    this.#stamp = stamp;
  }

  protected override getNonce(): string {
    return this.#stamp.nonce;
  }

  protected override getTimestamp(): number {
    return this.#stamp.timestampSeconds;
  }
}

const reserved = "! * ' ( ) + = & % # ? / ~ - . _ : ; , @ [ ] 가 ☃ 😀".split(' ');
const wellFormed = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...reserved) }),
  )
  .map((text) => text.toWellFormed());
// The peer does not decode names in the query, keeps only one of a name in both query and form,
// and loses an empty value before another one of its name: those the published examples cover.
const queryName = fc.constantFrom('q', 'q.1', 'media_id', 'tweet~fields');
const queryValue = wellFormed.filter((value) => value !== '');
const formName = wellFormed.map((name) => `f${name}`);
const secret = fc.stringMatching(/^[!-~]{1,50}$/);

const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'get'),
  origin: fc.constantFrom('https://api.x.com', 'http://localhost:8787', 'https://x.example:8443'),
  path: fc.array(wellFormed, { maxLength: 4 }),
  query: fc.array(fc.tuple(queryName, queryValue), { maxLength: 5 }),
  form: fc.dictionary(formName, wellFormed, { maxKeys: 5 }),
  consumer: fc.record({ key: secret, secret }),
  token: fc.option(fc.record({ key: secret, secret }), { nil: undefined }),
  stamp: fc.record({ timestampSeconds: fc.nat(), nonce: fc.stringMatching(/^[0-9a-f]{32}$/) }),
});

test('a thousand random requests are signed as twitter-api-v2 signs them', async () => {
  await fc.assert(
    fc.asyncProperty(requests, async ({ consumer, token, stamp, ...request }) => {
      const address = [request.origin, ...request.path.map(encodeURIComponent)].join('/');
      const pairs = request.query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
      const url = new URL(pairs.length > 0 ? `${address}?${pairs.join('&')}` : address).href;
      const theirs: OAuth1RequestOptions = {
        method: request.method,
        url,
        data: { ...request.form },
      };
      const helper = new StampedHelper(consumer, stamp);
      const ours = await authorizationHeader(
        {
          consumerKey: consumer.key,
          consumerSecret: consumer.secret,
          ...(token && { token: token.key, tokenSecret: token.secret }),
        },
        { method: request.method, url, form: request.form },
        stamp,
      );
      const expected = helper.toHeader(helper.authorize(theirs, token)).Authorization;
      expect(ours.replaceAll('", ', '",')).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});
