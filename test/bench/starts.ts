import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bundles, bundlePeer } from './bundles.ts';
import { alternate, type Effort, work } from './measure.ts';
import type { Server } from './processes.ts';
import type { Comparison, Entry } from './rows.ts';
import { startWorkerd } from './workerd.ts';

/** Isolates started in one run. */
const STARTS = 20;

const EMPTY = `export default { fetch: () => new Response(null, { status: 404 }) };`;

/** What it takes until a bundle can answer, in an isolate that never ran before. */
export async function compareStarts(bundles: Bundles, effort: Effort): Promise<Comparison[]> {
  return [await imports(bundles, effort), await firstAnswers(bundles, effort)];
}

async function imports({ folder, forNode }: Bundles, effort: Effort): Promise<Comparison> {
  const peer = async (name: string) => {
    const path = join(folder, `${name}.mjs`);
    await writeFile(path, await bundlePeer(name));
    return path;
  };
  const paths = {
    soshik: forNode,
    'grammY on hono': await peer('grammy-hono'),
    'discord-hono': await peer('discord-hono'),
    'hono hello world': await peer('hono-hello'),
  };
  const entries = await alternate(
    Object.entries(paths).map(([name, path]) => ({
      name,
      run: () => work('import.mjs', path, String(STARTS)),
    })),
    effort,
  );
  return {
    work: 'Import in a fresh isolate',
    unit: 'ms of CPU',
    digits: 1,
    how: `A new thread of Node imports the bundle: its text is read, compiled and run; ${STARTS} of them a run. Only that thread is counted.`,
    entries: asMilliseconds(entries),
    targets: [{ atMost: 35 }],
  };
}

const milliseconds = (rates: readonly number[]) => rates.map((rate) => 1000 / rate);

function asMilliseconds(entries: readonly Entry[]): Entry[] {
  return entries.map(({ name, samples, byClock = [] }) => ({
    name,
    samples: milliseconds(samples),
    byClock: milliseconds(byClock),
  }));
}

async function firstAnswers(bundles: Bundles, effort: Effort): Promise<Comparison> {
  const code = {
    soshik: await readFile(bundles.soshik, 'utf8'),
    'grammY on hono': await bundlePeer('grammy-hono'),
    'discord-hono': await bundlePeer('discord-hono'),
    'hono hello world': await bundlePeer('hono-hello'),
    'empty Worker': EMPTY,
  };
  const keys = Object.keys(code).map((name) => name.replaceAll(' ', '-'));
  const texts = Object.fromEntries(Object.values(code).map((text, at) => [keys[at] ?? '', text]));
  const loader = await readFile(join(import.meta.dirname, 'peers/loader-worker.js'), 'utf8');
  const server = await startWorkerd(
    bundles.folder,
    'loader',
    loader,
    texts,
    '(name = "LOADER", workerLoader = (id = "starts"))',
  );
  try {
    const entries = await alternate(
      Object.keys(code).map((name, at) => ({ name, run: () => start(server, keys[at] ?? '') })),
      effort,
    );
    return {
      work: 'First answer of a fresh isolate of workerd',
      unit: 'ms of CPU',
      digits: 1,
      how: `A new isolate reads the bundle, runs it and answers one request for a page that is not there; ${STARTS} of them a run. All threads of the runtime are counted.`,
      entries: asMilliseconds(entries),
    };
  } finally {
    await server.stop();
  }
}

async function start(server: Server, which: string) {
  const before = server.cpuSeconds();
  const startedAt = performance.now();
  for (let count = 0; count < STARTS; count++) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/${which}`);
    const text = await answer.text();
    if (!/^[24]\d\d$/.test(text)) throw new Error(`${which} does not start: ${text.slice(0, 500)}`);
  }
  const byClock = (STARTS * 1000) / (performance.now() - startedAt);
  const cpuSeconds = server.cpuSeconds() - before;
  return { byClock, byCpu: Number.isNaN(cpuSeconds) ? byClock : STARTS / cpuSeconds };
}
