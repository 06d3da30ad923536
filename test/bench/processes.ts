import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { promisify } from 'node:util';

const START_MS = 20_000;

export interface Server {
  readonly port: number;
  /** Seconds of CPU that it and its children have taken; NaN where the system does not tell. */
  readonly cpuSeconds: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts a server that takes its port from `PORT`, or from the command; waits until it listens. */
export async function startServer(
  command: (port: number) => readonly [file: string, ...parameters: string[]],
  environment: Readonly<Record<string, string>>,
): Promise<Server> {
  const port = await freePort();
  const [file, ...parameters] = command(port);
  const child = spawn(file, parameters, {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Nobody is left behind by a measurement that fails.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const words: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => words.push(chunk));
  const ended = once(child, 'exit');
  const died = ended.then(() => {
    throw new Error(`${file} ended at start:\n${Buffer.concat(words).toString().slice(-2000)}`);
  });
  await Promise.race([isListening(port), died]);
  died.catch(() => undefined);
  return {
    port,
    cpuSeconds: () => cpuSecondsOf(child),
    async stop() {
      process.removeListener('exit', kill);
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs a script on this Node; what it printed, read as JSON. */
export async function runScript(path: string, ...parameters: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...parameters], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout);
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return address !== null && typeof address !== 'string' ? address.port : 0;
}

async function isListening(port: number): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isUp) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`nobody listens at port ${port}`);
}

/** By Linux's own count of nanoseconds, thread by thread. */
function cpuSecondsOf({ pid }: ChildProcess): number {
  try {
    return pid === undefined ? Number.NaN : treeNanoseconds(pid) / 1e9;
  } catch {
    return Number.NaN;
  }
}

function treeNanoseconds(pid: number): number {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.reduce((sum, task) => {
    const own = Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
    const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim();
    const below = children === '' ? [] : children.split(' ').map(Number);
    return sum + own + below.reduce((all, child) => all + treeNanoseconds(child), 0);
  }, 0);
}
