import type { Job } from '../../bot/jobs/types.ts';
import type { Language } from '../../lib/time.ts';
import type { Run } from '../../store/runs.ts';
import { count } from '../../ui/parts.tsx';
import { texts } from './overviewTexts.ts';

/** How a run is, as a badge. */
export const runBadges = {
  done: { state: 'ok', text: texts.done },
  failed: { state: 'bad', text: texts.failed },
  running: { state: 'off', text: texts.running },
} as const;

/** What a run did, in numbers; blank when it counted nothing. */
export function countsText(
  job: Pick<Job, 'counts'> | undefined,
  { counts }: Pick<Run, 'counts'>,
  language: Language,
): string {
  return Object.entries(counts)
    .map(([name, value]) => `${job?.counts[name]?.[language] ?? name} ${count(value)}`)
    .join(' · ');
}
