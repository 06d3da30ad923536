import { HOUR_MS } from '../../../lib/time.ts';

/** `2026년 11월 27일 (금)요일 06:00`, as the weather service writes it; Korea is at UTC+9. */
const KOREAN =
  /^(\d{4})\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일(?:\s*\(?[일월화수목금토]\)?(?:요일)?)?(?:\s*(오전|오후)?\s*(\d{1,2}):(\d{2}))?/;
const ZONES: Readonly<Record<string, string>> = { KST: '+0900', JST: '+0900' };

/**
 * When something was published: epoch milliseconds where the date can be read, the text itself where
 * it cannot, `null` where there is none.
 */
export function readDate(text: string): number | string | null {
  const written = text.trim().slice(0, 60);
  if (written === '') return null;
  const korean = KOREAN.exec(written);
  if (korean !== null) return koreanDate(korean);
  const named = written.replace(/\b(KST|JST)\b/, (zone) => ZONES[zone] ?? zone);
  const at = Date.parse(named);
  return Number.isNaN(at) ? written : at;
}

function koreanDate(match: RegExpExecArray): number {
  const [, year, month, day, half, hour = '0', minute = '0'] = match;
  const noon = half === '오후' && Number(hour) < 12 ? 12 : 0;
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour) + noon, Number(minute)) -
    9 * HOUR_MS
  );
}
