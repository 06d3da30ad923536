import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { bundleWorker } from '../cloudflare/worker.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

export interface Bundles {
  readonly folder: string;
  /** The Worker as it is deployed. */
  readonly soshik: string;
  /** The same for Node, which knows no module of Cloudflare's. */
  readonly forNode: string;
  readonly remove: () => Promise<void>;
}

/** Makes the deployed bundle as `npm run deploy` does, without uploading it. */
export async function makeBundles(): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), 'soshik-bench-'));
  const wrangler = resolve(
    createRequire(import.meta.url).resolve('wrangler/package.json'),
    '../bin/wrangler.js',
  );
  await promisify(execFile)(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--outdir', join(folder, 'deployed')],
    { cwd: ROOT, env: { ...process.env, WRANGLER_SEND_METRICS: 'false' } },
  );
  const soshik = join(folder, 'deployed/index.js');
  const forNode = join(folder, 'soshik.mjs');
  const code = await readFile(soshik, 'utf8');
  await writeFile(
    forNode,
    code.replace(
      /import\s*\{([^}]*)\}\s*from\s*"cloudflare:workers";?/g,
      (_, names: string) => `const {${names.replaceAll(/\bas\b/g, ':')}}={DurableObject:class{}};`,
    ),
  );
  return { folder, soshik, forNode, remove: () => rm(folder, { recursive: true }) };
}

/** A peer as a Worker, made with the same settings as ours. */
export async function bundlePeer(name: string): Promise<string> {
  return bundleWorker(import.meta.dirname, `peers/${name}.mjs`, { minify: true });
}
