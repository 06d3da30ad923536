import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS } from './time.ts';

/**
 * The instant at which the calendar month of `atMs` began in a time zone, in epoch milliseconds.
 *
 * @param timeZone IANA name
 * @example monthStart(Date.UTC(2026, 10, 22), 'Asia/Seoul') // 2026-10-31T15:00Z
 */
export function monthStart(atMs: number, timeZone: string): number {
  const first = `${dayOf(atMs, timeZone).slice(0, 7)}-01`;
  // Zones lie between UTC-12 and UTC+14, in steps of a quarter of an hour.
  let low = Date.parse(`${first}T00:00:00Z`) - 14 * HOUR_MS;
  let high = low + DAY_MS + 2 * HOUR_MS;
  const step = 15 * MINUTE_MS;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2 / step) * step;
    if (dayOf(middle, timeZone) < first) low = middle + step;
    else high = middle;
  }
  return low;
}
