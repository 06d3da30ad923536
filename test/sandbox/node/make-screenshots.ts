import { mkdir, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { liven, logInAsOwner } from '../../browser/liven.ts';
import { startSandbox } from '../../browser/start.ts';
import { launchChromium } from './chromium.ts';

/*
 * Draws docs/images/{front,admin,sandbox,alarm}.png from a sandbox that has lived for some days; run it
 * by hand after a change of the pages: `npm run screenshots`, on a machine that has Korean fonts
 * (fonts-noto-cjk on Debian).
 */

const folder = new URL('../../../docs/images/', import.meta.url);
const maxBytes = 400_000;
/** A part of the page, in pixels. */
type Clip = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;

/** The tops of the two phones on the right, where a meal and a commit are told. */
async function alarms(page: Page): Promise<Clip> {
  const box = await page.locator('[data-place="kakao"]').boundingBox();
  if (!box) throw new Error('there is no phone with KakaoTalk');
  const x = box.x - 8;
  return { x, y: box.y - 8, width: 1280 - x, height: 900 - box.y };
}

async function draw(page: Page, name: string, clip?: Clip): Promise<void> {
  await page.waitForFunction(() => Array.from(document.images).every((image) => image.complete));
  await page.mouse.move(0, 0);
  const bytes = await page.screenshot(clip ? { clip } : {});
  if (bytes.length > maxBytes) throw new Error(`${name}.png has ${bytes.length} bytes`);
  await writeFile(new URL(`${name}.png`, folder), bytes);
  console.log(`${name}.png ${bytes.length} bytes`);
}

const [sandbox, browser] = await Promise.all([startSandbox(), launchChromium()]);
try {
  const at = (path: string) => new URL(path, sandbox.url).href;
  const page = await browser.newPage({
    viewport: { width: 1280, height: 900 },
    locale: 'ko-KR',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await liven(page, sandbox.url);
  await mkdir(folder, { recursive: true });

  // A day later no title is left whose emoji few machines have a font for.
  await page.request.post(at('/sandbox/levers/meal'), { data: { meal: 'lunch' } });
  await logInAsOwner(page, sandbox.url);

  await page.goto(at('/'));
  await draw(page, 'front');

  await page.goto(at('/admin'));
  await draw(page, 'admin');

  await page.goto(sandbox.url);
  await page.locator('#titles .thumb').first().waitFor();
  await page.locator('[data-place="kakao"]').getByRole('radio', { name: '나와의 채팅' }).check();
  await draw(page, 'sandbox');
  await draw(page, 'alarm', await alarms(page));
} finally {
  await browser.close();
  await sandbox.stop();
}
