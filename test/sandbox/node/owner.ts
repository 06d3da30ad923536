/** What an owner presses first on their pages: where Telegram and X are to deliver. */
const PRESSED = ['/admin/channels/telegram', '/admin/twitter/setup'];

/**
 * Connects the bot as its owner would in a browser. Throws in words when a page refuses.
 *
 * @param origin under which browsers reach the Worker
 */
export async function connectAsOwner(origin: string, password: string): Promise<void> {
  const cookies = new Map<string, string>();
  async function send(path: string, form?: Readonly<Record<string, string>>): Promise<string> {
    const response = await fetch(new URL(path, origin), {
      method: form ? 'POST' : 'GET',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { origin, 'sec-fetch-site': 'same-origin' }),
      },
      body: form ? new URLSearchParams(form) : null,
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    if (response.status >= 400) throw new Error(`${path}: HTTP ${response.status}`);
    return await response.text();
  }

  await send('/admin/login', { password });
  const csrf = /name="csrf" value="([^"]+)"/.exec(await send('/admin'))?.[1] ?? '';
  for (const path of PRESSED) await send(path, { csrf });
}
