import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

export interface WranglerRun {
  readonly ok: boolean;
  /** The end of what it printed. */
  readonly words: string;
}

const MOST_LETTERS = 20_000;

const script = resolve(
  createRequire(import.meta.url).resolve('wrangler/package.json'),
  '../bin/wrangler.js',
);

/**
 * Starts the project's own wrangler with the Node that runs this command, so that no shell, no PATH
 * and no `.cmd` file stands in between. It is asked nothing: without a terminal it takes its
 * defaults.
 *
 * @param environment variables over those of this process
 * @param show takes what it prints as it comes; leave it out for a silent run
 */
export async function runWrangler(
  args: readonly string[],
  { cwd, environment = {}, show }: WranglerOptions,
): Promise<WranglerRun> {
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      // Blank names the config as it is: an environment of the shell's must choose no other.
      CLOUDFLARE_ENV: '',
      ...environment,
    },
  });
  let words = '';
  const take = (chunk: Buffer) => {
    const text = chunk.toString();
    words = (words + text).slice(-MOST_LETTERS);
    show?.(text);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return await new Promise((done, fail) => {
    child.once('error', (cause) =>
      fail(new Error(`wrangler cannot be started: ${script}`, { cause })),
    );
    child.once('close', (code) => done({ ok: code === 0, words }));
  });
}

export interface WranglerOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly show?: ((text: string) => void) | undefined;
}

/** Starts wrangler for a person: it has the terminal for itself and may ask. */
export async function runWranglerForPerson(args: readonly string[], cwd: string): Promise<boolean> {
  const child = spawn(process.execPath, [script, ...args], { cwd, stdio: 'inherit' });
  return await new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done(code === 0));
  });
}
