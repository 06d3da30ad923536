import * as v from 'valibot';
import { Stop } from '../stop.ts';
import { openTerminal } from '../terminal.ts';
import { type Api, ApiError } from './api.ts';

const answer = v.object({ subdomain: v.nullish(v.string()) });

/** Cloudflare's number for an account without a workers.dev subdomain. */
const NONE = 10_007;
const FORM = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The account's name under workers.dev, at which its Workers answer. A person is asked for one when
 * there is none; `null` when the token may not look.
 */
export async function ensureSubdomain(api: Api, account: string): Promise<string | null> {
  try {
    const { subdomain } = await api.get(`${account}/workers/subdomain`, answer);
    if (subdomain) return subdomain;
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    if (cause.code === null) throw cause;
    if (cause.code !== NONE) return null;
  }
  if (process.stdin.isTTY) return await register(api, account);
  throw new Stop(
    '계정에 workers.dev 주소가 아직 없어요. dash.cloudflare.com > Workers & Pages를 한 번 열어 정하거나, 터미널에서 npm run deploy를 실행해 주세요.',
    'The account has no workers.dev subdomain yet: open dash.cloudflare.com > Workers & Pages once, or run npm run deploy in a terminal.',
  );
}

async function register(api: Api, account: string): Promise<string> {
  const terminal = openTerminal();
  try {
    for (;;) {
      const wanted = await terminal.ask(
        '이 계정의 워커 주소를 정해 주세요: https://<워커>.<이것>.workers.dev / Choose the subdomain: ',
      );
      if (!FORM.test(wanted)) {
        terminal.say('소문자, 숫자, -만 돼요. / Small letters, digits and "-" only.');
        continue;
      }
      try {
        await api.send('PUT', `${account}/workers/subdomain`, { subdomain: wanted }, answer);
        return wanted;
      } catch (cause) {
        if (!(cause instanceof ApiError) || cause.code === null) throw cause;
        terminal.say(`${cause.message} (${cause.code})`);
      }
    }
  } finally {
    terminal.close();
  }
}
