import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../sandbox/node/start.ts', import.meta.url));
const START_MS = 100_000;

export interface StartedSandbox {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Two ports that nobody listens on now. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      return address !== null && typeof address !== 'string' ? address.port : 0;
    }),
  );
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return [ports[0] ?? 0, ports[1] ?? 0];
}

/** Does what `npm start` does, on free ports, and waits until it says where to look. */
export async function startSandbox(
  environment: Readonly<Record<string, string>> = {},
  tries = 3,
): Promise<StartedSandbox> {
  const [port, sandboxPort] = await freePorts();
  const child = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      ...environment,
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = `http://localhost:${port}/sandbox`;
  try {
    await said(child, url);
  } catch (cause) {
    // Somebody else took the port meanwhile.
    if (tries > 1 && /address already in use/i.test(String(cause))) {
      return await startSandbox(environment, tries - 1);
    }
    throw cause;
  }
  return {
    url,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

async function said(child: ChildProcess, words: string): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not started in time:\n${output}`)), START_MS);
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(words)) done(resolve);
    };
    const done = (settle: () => void) => {
      clearTimeout(timer);
      settle();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => done(() => reject(new Error(`Ended at start:\n${output}`))));
  });
}
