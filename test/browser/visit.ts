import type { Browser, Page } from 'playwright-core';

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

function listen(page: Page, complaints: string[]): void {
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
