import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const PATIENCE_MS = 5000;

/** True when nobody listens on this port of the loopback interface. */
export async function isPortFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/**
 * Runs a Node script as the head of a process group of its own, so that `end` reaches whatever it
 * starts in turn. What it prints goes to the file descriptor.
 */
export function startScript(
  script: string,
  parameters: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly output: number },
): ChildProcess {
  const { cwd, env, output } = options;
  return spawn(process.execPath, [script, ...parameters], {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', output, output],
  });
}

/** Waits for the end of a process; its exit code, or null when a signal or an error ended it. */
export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode;
}

/** Ends a process and all it started: asks first, then insists. */
export async function end(child: ChildProcess): Promise<void> {
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), PATIENCE_MS);
  await exitOf(child);
  clearTimeout(timer);
  signal(child, 'SIGKILL');
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    // A negative id means the group (POSIX); Windows ends children with their parent's console.
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // Nobody of the group is left.
    return;
  }
}
