/** An incoming webhook of a Slack channel: `services/T.../B.../secret`. */
export interface SlackWebhook {
  /** Workspace and webhook; no secret. */
  readonly id: string;
  /** Whoever knows it can write to the channel. */
  readonly secret: string;
}

const HOST = 'hooks.slack.com';
const PATH = /^\/services\/(T[A-Za-z0-9]{1,30})\/(B[A-Za-z0-9]{1,30})\/([A-Za-z0-9_-]{1,200})\/?$/;

/**
 * Reads an address as people copy it. `/workflows/` and `/triggers/` are other products and none.
 *
 * @param apiUrl another place where Slack is to be found, such as a sandbox; its addresses are the
 *   same path under it
 * @returns `null` for anything else: nothing is ever sent to another host
 */
export function readSlackWebhook(text: string, apiUrl: string): SlackWebhook | null {
  const url = URL.parse(text.trim());
  const base = URL.parse(apiUrl);
  if (url === null || base === null || url.username !== '' || url.password !== '') return null;
  const root = base.pathname.replace(/\/+$/, '');
  const isUnderBase = url.origin === base.origin && url.pathname.startsWith(`${root}/`);
  const isSlack = url.protocol === 'https:' && url.port === '' && url.hostname === HOST;
  if (!isUnderBase && !isSlack) return null;
  const [, team, webhook, secret] =
    PATH.exec(isUnderBase ? url.pathname.slice(root.length) : url.pathname) ?? [];
  return team === undefined || webhook === undefined || secret === undefined
    ? null
    : { id: `${team}/${webhook}`, secret };
}

/** Where a message to a webhook is POSTed. */
export function postUrl(apiUrl: string, { id, secret }: SlackWebhook): string {
  return `${apiUrl.replace(/\/+$/, '')}/services/${id}/${secret}`;
}
