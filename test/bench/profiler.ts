import * as v from 'valibot';

/** How often the profiler looks, in microseconds. */
const INTERVAL = 100;
/** Between two looks further apart, the machine let others work. */
const LONGEST = 2 * INTERVAL;
/** The isolate waits, or the runtime does what is none of the Worker's. */
const NOT_OURS = new Set(['(idle)', '(program)', '(root)']);
/** As the runtime calls the isolate of the Worker. */
const ISOLATE = 'core:user:';

const listSchema = v.array(v.object({ id: v.string(), webSocketDebuggerUrl: v.string() }));
const answerSchema = v.object({ id: v.number(), result: v.optional(v.unknown()) });
const profileSchema = v.object({
  profile: v.object({
    nodes: v.array(v.object({ id: v.number(), callFrame: v.object({ functionName: v.string() }) })),
    samples: v.array(v.number()),
    timeDeltas: v.array(v.number()),
  }),
});

export interface Profiler {
  /** Gives what came of the work, and the milliseconds of CPU that the isolate took meanwhile. */
  readonly during: <Value>(run: () => Promise<Value>) => Promise<readonly [Value, number]>;
  readonly stop: () => void;
}

/** V8's profiler in the isolate of a Worker, over the inspector's protocol (Profiler domain). */
export async function connectProfiler(port: number): Promise<Profiler> {
  const listed = await fetch(`http://127.0.0.1:${port}/json`);
  const target = v.parse(listSchema, await listed.json()).find(({ id }) => id === ISOLATE);
  if (!target) throw new Error('the runtime has no isolate to look into');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((open, fail) => {
    socket.addEventListener('open', open, { once: true });
    socket.addEventListener('error', fail, { once: true });
  });
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = v.safeParse(answerSchema, JSON.parse(String(data)));
    if (answer.success) waiting.get(answer.output.id)?.(answer.output.result);
  });
  let last = 0;
  const call = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((done) => {
      last += 1;
      waiting.set(last, done);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await call('Profiler.enable');
  await call('Profiler.setSamplingInterval', { interval: INTERVAL });
  return {
    async during(run) {
      await call('Profiler.start');
      const value = await run();
      const { profile } = v.parse(profileSchema, await call('Profiler.stop'));
      const others = new Set(
        profile.nodes
          .filter(({ callFrame }) => NOT_OURS.has(callFrame.functionName))
          .map(({ id }) => id),
      );
      const microseconds = profile.samples.reduce((sum, node, at) => {
        const delta = Math.min(profile.timeDeltas[at] ?? 0, LONGEST);
        return others.has(node) ? sum : sum + delta;
      }, 0);
      return [value, microseconds / 1000];
    },
    stop: () => socket.close(),
  };
}
