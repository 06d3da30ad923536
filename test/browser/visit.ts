import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Visit {
  readonly page: Page;
  /** Console errors, exceptions and refused loads of the pages, CSP violations among them. */
  readonly complaints: string[];
}

/** Opens the sandbox's page and waits until it is drawn. */
export async function visitSandbox(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'ko-KR',
  });
  const complaints: string[] = [];
  // Tabs that the page opens are the same person's.
  context.on('page', (page) => listen(page, complaints));
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('#titles .thumb').first().waitFor();
  // A fresh browser takes its time for its first fonts and pictures; that is not the bot's.
  await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
  await page.screenshot();
  return { page, complaints };
}

/** Writes down what a page complains of, from now on. */
export function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
}

/** How many pixels of the page stick out sideways. */
export async function excessWidth(page: Page): Promise<number> {
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** What keeps people from using a page, as axe finds it; it stands outside the page's policy. */
export async function barriers(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run({ resultTypes: ['violations'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Whether it is to be seen where the keyboard is, at the control or at what frames it. */
export async function showsFocus(page: Page): Promise<boolean> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    return [element, element?.closest('label, form')].some(
      (one) => one && getComputedStyle(one).outlineStyle !== 'none',
    );
  });
}

const picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

/** Lets a picture of our own stand in for those that GitHub has out there. */
export async function standInForPictures(context: BrowserContext): Promise<void> {
  await context.route(/^https:\/\/(?:avatars\.githubusercontent|github)\.com\//, (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: picture }),
  );
}
