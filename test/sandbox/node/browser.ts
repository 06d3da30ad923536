export type Browse = ReturnType<typeof createBrowser>;

/** A browser that keeps cookies, and follows nothing by itself. */
export function createBrowser(fetch: (request: Request) => Promise<Response>, origin: string) {
  const cookies = new Map<string, string>();
  return async (
    path: string,
    headers: Readonly<Record<string, string>> = {},
    form?: Readonly<Record<string, string>>,
  ): Promise<Response> => {
    const response = await fetch(
      new Request(new URL(path, origin), {
        method: form ? 'POST' : 'GET',
        headers: {
          'accept-language': 'ko',
          'cf-connecting-ip': '203.0.113.7',
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form && { origin, 'sec-fetch-site': 'same-origin' }),
          ...headers,
        },
        body: form ? new URLSearchParams(form) : null,
        redirect: 'manual',
      }),
    );
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split('; ');
      const [name = '', ...value] = pair.split('=');
      cookies.set(name, value.join('='));
    }
    return response;
  };
}

/** Logs in at the owner's pages; gives the token that their forms carry. */
export async function logInAsOwner(browse: Browse, password: string): Promise<string> {
  await browse('/admin/login', {}, { password });
  const page = await (await browse('/admin')).text();
  return /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}
