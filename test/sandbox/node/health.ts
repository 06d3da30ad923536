import * as v from 'valibot';
import type { WorkerHealth } from './page/state.ts';

const PATIENCE_MS = 4000;

const healthSchema = v.object({
  features: v.record(v.string(), v.object({ state: v.string() })),
  events: v.optional(v.object({ waiting: v.number() }), { waiting: 0 }),
  deliveries: v.optional(v.object({ waiting: v.number() }), { waiting: 0 }),
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
    const { features, events, deliveries, runs } = v.parse(healthSchema, await response.json());
    return {
      features: Object.entries(features).map(([name, { state }]) => ({ name, state })),
      runs,
      waiting: events.waiting + deliveries.waiting,
    };
  } catch {
    return null;
  }
}
