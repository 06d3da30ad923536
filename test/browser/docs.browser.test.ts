import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../sandbox/node/chromium.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { type StartedSandbox, startSandbox } from './start.ts';

let sandbox: StartedSandbox;
let browser: Browser;
const complaints: string[] = [];

beforeAll(async () => {
  [sandbox, browser] = await Promise.all([startSandbox({ SANDBOX_FRESH: '1' }), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await sandbox?.stop();
});

async function open(options: Parameters<Browser['newPage']>[0]): Promise<Page> {
  const page = await browser.newPage(options);
  page.on('console', (message) => {
    // A refusal that was provoked is no complaint.
    if (message.type() === 'error' && !message.text().includes('status of 4')) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(new URL('/api/docs', sandbox.url).href);
  return page;
}

/** What the card of a call shows once it has been sent. */
async function sent(page: Page, call: string, values: Readonly<Record<string, string>>) {
  const card = page.locator(`#${call}`);
  for (const [name, value] of Object.entries(values))
    await card.locator(`[name=${name}]`).fill(value);
  const answer = card.getByRole('status');
  const before = await answer.innerText();
  await card.getByRole('button').click();
  await expect.poll(() => answer.innerText()).not.toBe(before);
  return await answer.innerText();
}

describe('/api/docs in a browser', () => {
  test('refuses without the key, and answers with it, which is gone with the tab', async () => {
    const page = await open({ viewport: { width: 390, height: 844 }, locale: 'ko-KR' });
    expect(await sent(page, 'alias', { id: '<b>nobody</b>' })).toMatch(/^401\n.*열쇠/s);
    await page.getByLabel('API_KEY').fill(sandboxSecrets.API_KEY);
    expect(await sent(page, 'alias', { id: 'nobody' })).toMatch(/^404\n.*등록되지 않은/s);
    await page.reload();
    expect(await page.getByLabel('API_KEY').inputValue()).toBe(sandboxSecrets.API_KEY);
    expect(page.url()).not.toContain(sandboxSecrets.API_KEY);
    const wish = { id: '1', fav_repository: 'gitlab.com/a/b', nick_name: 'a', type: 'telegram' };
    expect(await sent(page, 'register', { ...wish, branch: 'main' })).toMatch(/^400\n/);
    expect(await sent(page, 'remove', { id: '1', nick_name: 'a&b' })).toMatch(/^404\n/);
    const other = await open({ locale: 'ko-KR' });
    expect(await other.getByLabel('API_KEY').inputValue()).toBe('');
    expect(complaints).toEqual([]);
  });

  test.each([
    [390, 'ko-KR', 'light'],
    [1280, 'en-GB', 'dark'],
  ] as const)('fits %i px, in %s and %s', async (width, locale, colorScheme) => {
    const page = await open({ viewport: { width, height: 844 }, locale, colorScheme });
    const tooWide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(tooWide)).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('without script can be read, and sends nothing', async () => {
    const page = await open({ javaScriptEnabled: false, locale: 'ko-KR' });
    expect(await page.locator('#register').innerText()).toContain('curl -X POST');
    expect(await page.locator('button:enabled').count()).toBe(0);
  });
});
