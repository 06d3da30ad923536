import * as fc from 'fast-check';
import { html } from 'hono/html';
import { expect, test } from 'vitest';
import { Qr, qrModules } from '../../src/ui/parts.tsx';
import { codeOf, matrixOf } from './matrix.ts';

/** A code as a page has it. */
async function drawn(text: string): Promise<string> {
  return String(await html`${Qr({ modules: qrModules(text), label: 'code' })}`);
}

test('a QR code is drawn module by module, with its quiet zone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
      expect(matrixOf(await drawn(text))).toEqual(codeOf(text));
    }),
    { numRuns: 20 },
  );
});

test('a code with the longest branch and nickname can be drawn, and stays small', async () => {
  const alias = encodeURIComponent('가'.repeat(100));
  const text = JSON.stringify({ url: 'https://github.com/a/b', alias, branch: '가'.repeat(255) });
  expect((await drawn(text)).length).toBeLessThan(50_000);
});
