import { type Browser, createBrowser } from '../../../pages/admin/desk.ts';
import { createHarness, type Harness } from '../../../worker/harness.ts';

/** Somebody at the public pages, with one repository at GitHub. */
export interface Visitor {
  readonly harness: Harness;
  readonly browser: Browser;
  /** A form of a page filled in and sent, as a browser does it. */
  send(page: string, fields: Readonly<Record<string, string>>): Promise<string>;
  /** The page that asks for an address, and what it answers to one. */
  check(address: string, channel?: string): Promise<string>;
}

export async function createVisitor({
  vars = {},
  language = 'ko',
  address = '203.0.113.7',
}: {
  vars?: Readonly<Record<string, string | undefined>>;
  language?: string;
  address?: string;
} = {}): Promise<Visitor> {
  const harness = await createHarness(vars);
  harness.world.github.addRepository({
    owner: 'hana',
    name: 'garden',
    branches: ['main', 'dev', 'feat/roses'],
    stars: 1234,
    forks: 56,
    description: '장미가 자라는 곳',
  });
  await harness.env.DB.prepare(`INSERT INTO settings (key, value, changed_at) VALUES (?1, ?2, 1)`)
    .bind('telegram-bot', JSON.stringify({ id: '1', username: 'soshik_bot', url: 'https://x' }))
    .run();
  return { harness, ...visit(harness, language, address) };
}

/** Another visitor of the same Worker. */
export function visit(
  harness: Harness,
  language = 'ko',
  address = '203.0.113.7',
): Omit<Visitor, 'harness'> {
  const browser = createBrowser(harness, { language, address });
  const send: Visitor['send'] = (page, fields) => {
    const query = new URLSearchParams({ ...hiddenFields(page), ...fields });
    return browser.page(`/register?${query.toString()}`);
  };
  return {
    browser,
    send,
    check: async (text, channel = 'kakao') =>
      send(await browser.page(`/register?channel=${channel}`), { address: text }),
  };
}

/** What a form carries beside what one fills in. */
export function hiddenFields(page: string): Record<string, string> {
  const inputs = page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries(Array.from(inputs, ([, name = '', value = '']) => [name, value]));
}

/** The step a page is at. */
export function stepOf(page: string): string {
  return /aria-current="step">([^<]*)/.exec(page)?.[1] ?? '(none)';
}

/** What a page says is wrong. */
export function problemOf(page: string): string {
  return /role="alert">([^<]*)/.exec(page)?.[1] ?? '(none)';
}
