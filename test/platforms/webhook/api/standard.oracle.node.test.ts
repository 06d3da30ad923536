import * as fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { base64 } from '../../../../src/lib/encoding.ts';
import { standardHeaders } from '../../../../src/platforms/webhook/api/standard.ts';

const secretOf = (key: Uint8Array) => `whsec_${base64(key)}`;

test("the specification's own library accepts every signature, and signs the same", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 24, maxLength: 64 }),
      fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
      fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })),
      async (key, id, payload) => {
        const secret = secretOf(key);
        const body = JSON.stringify(payload);
        // The library compares with the real clock.
        const at = Date.now();
        const headers = await standardHeaders(secret, { id, at, body });
        const library = new Webhook(secret);
        expect(JSON.stringify(library.verify(body, headers))).toBe(body);
        expect(headers['webhook-signature']).toBe(library.sign(id, new Date(at), body));
      },
    ),
  );
});

test('a body that was changed on its way is refused by the library', async () => {
  const secret = secretOf(new Uint8Array(32).fill(7));
  const headers = await standardHeaders(secret, { id: 'one', at: Date.now(), body: '{}' });
  expect(() => new Webhook(secret).verify('{"a":1}', headers)).toThrow('No matching signature');
});

test.each(['', 'whsec_', 'whsec_c2hvcnQ=', 'fake-secret', `whsec_${'!'.repeat(32)}`])(
  'nothing is signed with %j',
  async (secret) => {
    const signing = standardHeaders(secret, { id: 'one', at: 0, body: '{}' });
    await expect(signing).rejects.toThrow(TypeError);
  },
);
