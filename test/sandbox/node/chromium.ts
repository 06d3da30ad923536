import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Switches of the package that would make the browser more forgiving than a person's own. */
const forgiving = ['--disable-web-security', '--allow-running-insecure-content'];

/** A headless Chromium that comes with the development dependencies. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: sparticuz.args.filter((one) => !forgiving.includes(one)),
    headless: true,
  });
}
