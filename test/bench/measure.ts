import * as v from 'valibot';
import { runScript, type Server } from './processes.ts';
import type { Entry } from './rows.ts';

/** How often and how long everything is measured. */
export interface Effort {
  readonly runs: number;
  readonly seconds: number;
}

/** One run: work done by second of CPU and by second of the clock. */
export interface Sample {
  readonly byCpu: number;
  readonly byClock: number;
}

export interface Contender {
  readonly name: string;
  readonly note?: string;
  readonly run: () => Promise<Sample>;
}

/** Everybody once, then everybody again: what slows the machine down slows all of them down. */
export async function alternate(
  contenders: readonly Contender[],
  { runs }: Effort,
): Promise<readonly Entry[]> {
  const samples = contenders.map((): Sample[] => []);
  // Compilers of JavaScript need a while until they have done their best.
  for (const { run } of [...contenders, ...contenders]) await run();
  for (let round = 0; round < runs; round++) {
    for (const [index, { run }] of contenders.entries()) samples[index]?.push(await run());
  }
  return contenders.map(({ name, note }, index) => ({
    name,
    ...(note !== undefined && { note }),
    samples: (samples[index] ?? []).map(({ byCpu }) => byCpu),
    byClock: (samples[index] ?? []).map(({ byClock }) => byClock),
  }));
}

/** What is asked of a server, and what it is to answer. */
export interface Question {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expected: number;
}

const loadSchema = v.object({ requests: v.number(), wrong: v.number(), seconds: v.number() });

/** Asks a server for a while. Throws when any answer is another than expected. */
export async function load(
  server: Server,
  { path, ...question }: Question,
  { seconds }: Effort,
): Promise<Sample> {
  const url = `http://127.0.0.1:${server.port}${path}`;
  const before = server.cpuSeconds();
  const said = await runScript(
    new URL('peers/load.mjs', import.meta.url).pathname,
    JSON.stringify({ ...question, url, seconds }),
  );
  const cpuSeconds = server.cpuSeconds() - before;
  const { requests, wrong, seconds: took } = v.parse(loadSchema, said);
  if (wrong > 0) throw new Error(`${wrong} of ${requests} answers of ${url} are not as expected`);
  const byClock = requests / took;
  return { byClock, byCpu: Number.isNaN(cpuSeconds) ? byClock : requests / cpuSeconds };
}

const workSchema = v.object({
  requests: v.number(),
  seconds: v.number(),
  cpuSeconds: v.number(),
});

/** Lets a script of `peers/` do its work for a while, in a process of its own. */
export async function work(script: string, ...parameters: string[]): Promise<Sample> {
  const path = new URL(`peers/${script}`, import.meta.url).pathname;
  const { requests, seconds, cpuSeconds } = v.parse(
    workSchema,
    await runScript(path, ...parameters),
  );
  return { byCpu: requests / cpuSeconds, byClock: requests / seconds };
}
