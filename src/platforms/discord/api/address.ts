/** An incoming webhook of a Discord channel. */
export interface DiscordWebhook {
  /** Decimal; no secret. */
  readonly id: string;
  /** Whoever knows it can write to the channel. */
  readonly token: string;
}

/** Discord's hosts, the test clients' and the former one included. */
const HOSTS = /^(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com$/;
/** `/api/webhooks/{id}/{token}`, with or without a version (Discord developer docs, reference). */
const PATH = /^(?:\/api)?(?:\/v\d{1,2})?\/webhooks\/(\d{1,25})\/([A-Za-z0-9_-]{1,200})\/?$/;

/**
 * Reads an address as people copy it. Every spelling of Discord's own hosts names the same webhook.
 *
 * @param apiUrl another place where Discord is to be found, such as a sandbox; its addresses are
 *   the same path under it
 * @returns `null` for anything else: nothing is ever sent to another host
 */
export function readDiscordWebhook(text: string, apiUrl: string): DiscordWebhook | null {
  const url = URL.parse(text.trim());
  const base = URL.parse(apiUrl);
  if (url === null || base === null || url.username !== '' || url.password !== '') return null;
  const root = base.pathname.replace(/(?:\/api(?:\/v\d+)?)?\/*$/, '');
  const isUnderBase = url.origin === base.origin && url.pathname.startsWith(`${root}/`);
  const isDiscord = url.protocol === 'https:' && url.port === '' && HOSTS.test(url.hostname);
  if (!isUnderBase && !isDiscord) return null;
  const path = isUnderBase ? url.pathname.slice(root.length) : url.pathname;
  const [, id, token] = PATH.exec(path) ?? [];
  return id === undefined || token === undefined ? null : { id, token };
}

/** Where a message to a webhook is POSTed; `wait`, else Discord hides that it was not taken. */
export function executeUrl(apiUrl: string, { id, token }: DiscordWebhook): string {
  const base = apiUrl.replace(/\/+$/, '');
  const api = /\/api(?:\/v\d+)?$/.test(base) ? base : `${base}/api/v10`;
  return `${api}/webhooks/${id}/${token}?wait=true`;
}
