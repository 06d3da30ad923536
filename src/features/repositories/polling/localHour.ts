import { HOUR_MS } from '../../../lib/time.ts';
import type { LocalHour } from '../store/tell.ts';

const MINUTE_MS = HOUR_MS / 60;

/** The hour of the day in a time zone, and how far it is gone. */
export function localHour(atMs: number, timeZone: string): LocalHour & { readonly minute: number } {
  const { hour, minute } = timeOfDay(atMs, timeZone);
  const startsAt = Math.floor(atMs / MINUTE_MS) * MINUTE_MS - minute * MINUTE_MS;
  return { hour, minute, startsAt };
}

function timeOfDay(atMs: number, timeZone: string): { hour: number; minute: number } {
  // Korea has been at UTC+9 all year since 1988; making a format costs more CPU than the job.
  if (timeZone === 'Asia/Seoul') {
    const date = new Date(atMs + 9 * HOUR_MS);
    return { hour: date.getUTCHours(), minute: date.getUTCMinutes() };
  }
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' }).format(atMs);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { hour, minute };
}
