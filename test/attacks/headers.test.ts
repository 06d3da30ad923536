import { expect, test } from 'vitest';
import { createHarness } from '../worker/harness.ts';

const ORIGIN = 'https://soshik.example';

test.each([
  '/healthz',
  '/api/openapi.json',
  '/api/info/',
  '/nowhere',
  '/webhook/twitter',
  '/webhook/telegram',
  '/skill',
  '/',
  '/admin',
])('S-16: %s answers with the headers that every answer has', async (path) => {
  const harness = await createHarness();
  const { headers } = await harness.fetch(new Request(ORIGIN + path));
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});

test('S-16: the cookie of the language is for https only', async () => {
  const harness = await createHarness();
  const { headers } = await harness.fetch(new Request(`${ORIGIN}/?lang=en`));
  expect(headers.get('set-cookie')).toMatch(/^language=en;.*Secure/);
});
