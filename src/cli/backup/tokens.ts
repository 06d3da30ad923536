import * as v from 'valibot';
import { type Api, ApiError } from '../deploy/api.ts';

/** One login as KV holds it: sealed, so that nobody without `TOKEN_KEY` can use it. */
export const tokenEntries = v.array(v.object({ key: v.string(), value: v.string() }));
export type TokenEntry = v.InferOutput<typeof tokenEntries>[number];

const keys = v.array(v.object({ name: v.string() }));
/** What Cloudflare takes at once is far more; so a refusal costs little. */
const AT_ONCE = 100;

/** @param namespace path of the namespace, `/accounts/<id>/storage/kv/namespaces/<id>` */
export async function readTokens(api: Api, namespace: string): Promise<TokenEntry[]> {
  const entries: TokenEntry[] = [];
  let cursor = '';
  do {
    const page = await api.page(`${namespace}/keys?cursor=${encodeURIComponent(cursor)}`, keys);
    for (const { name } of page.rows) {
      const value = await readValue(api, `${namespace}/values/${encodeURIComponent(name)}`);
      // Logged out in the meantime: no login any more.
      if (value !== null) entries.push({ key: name, value });
    }
    cursor = page.cursor;
  } while (cursor !== '');
  return entries;
}

async function readValue(api: Api, path: string): Promise<string | null> {
  try {
    return await api.text(path);
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return null;
    throw cause;
  }
}

/** Takes the same namespace as {@link readTokens}; entries of other keys stay. */
export async function writeTokens(
  api: Api,
  namespace: string,
  entries: readonly TokenEntry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const part = entries.slice(from, from + AT_ONCE);
    await api.send('PUT', `${namespace}/bulk`, part, v.unknown());
  }
}
