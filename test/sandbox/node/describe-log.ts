import type { RecordedRequest, World } from '../world.ts';
import type { LogLine } from './page/state.ts';

const LINES = 60;

/** What the bot asked of the world and was told by it, newest first. */
export function describeLog(world: World, deliveries: readonly LogLine[]): LogLine[] {
  const first = Math.max(0, world.requests.length - LINES);
  const calls = world.requests.slice(first).map((call, index) => callLine(call, first + index));
  return [...calls, ...deliveries.slice(-LINES)]
    .toSorted((one, other) => other.at - one.at)
    .slice(0, LINES);
}

function callLine({ at, method, url, status }: RecordedRequest, index: number): LogLine {
  const { host, pathname, search } = new URL(url);
  // Kakao's login has codes in its query, and Telegram the bot's token in its path.
  const query = host.endsWith('.kakao.com') ? '' : search;
  const path = pathname
    .replace(/^\/bot\d+:[^/]+/, '/bot…')
    .replace(/(\/callback\/|\/webhooks\/\d+\/|\/services\/).+/, '$1…');
  return { id: `call-${index}`, at, method, host, path: path + query, status };
}
