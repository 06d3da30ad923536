import * as v from 'valibot';
import type { WorkerHealth } from './page/state.ts';

const PATIENCE_MS = 2000;

const healthSchema = v.object({
  features: v.record(v.string(), v.object({ state: v.string() })),
  runs: v.optional(
    v.array(
      v.object({
        job: v.string(),
        slot: v.number(),
        state: v.string(),
        reason: v.optional(v.nullable(v.string()), null),
      }),
    ),
    [],
  ),
});

/** How the Worker says it is (`GET /healthz`), or null when it does not answer so. */
export async function readHealth(workerUrl: string): Promise<WorkerHealth | null> {
  try {
    const response = await fetch(`${workerUrl}/healthz`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const health = v.parse(healthSchema, await response.json());
    return {
      features: Object.entries(health.features).map(([name, { state }]) => ({ name, state })),
      runs: health.runs.filter(({ job }) => job === 'netflix-weekly'),
    };
  } catch {
    return null;
  }
}
