import type { Language } from '../../lib/time.ts';
import type { Run } from '../../store/runs.ts';
import { count } from '../../ui/parts.tsx';
import { countNames, texts } from './overviewTexts.ts';

/** How a run is, as a badge. */
export const runBadges = {
  done: { state: 'ok', text: texts.done },
  failed: { state: 'bad', text: texts.failed },
  running: { state: 'off', text: texts.running },
} as const;

/** What a run did, in numbers; blank when it counted nothing. */
export function countsText({ counts }: Pick<Run, 'counts'>, language: Language): string {
  return Object.entries(counts)
    .map(([name, value]) => `${countNames[name]?.[language] ?? name} ${count(value)}`)
    .join(' · ');
}
