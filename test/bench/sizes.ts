import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { bundleWorker } from '../cloudflare/worker.ts';
import { type Bundles, bundlePeer, ROOT } from './bundles.ts';
import type { Comparison, Entry } from './rows.ts';

const kilobytes = (code: string) => gzipSync(code, { level: 9 }).length / 1000;

const sized = (name: string, code: string): Entry => ({ name, samples: [kilobytes(code)] });

/** The deployed bundle beside those of others, and what its parts weigh in it. */
export async function compareSizes({ soshik }: Bundles): Promise<Comparison[]> {
  const whole = sized('soshik', await readFile(soshik, 'utf8'));
  return [
    {
      work: 'Bundle',
      unit: 'KB, gzip',
      digits: 1,
      how: 'What is uploaded (KB = 1,000 bytes). The peers say hello; ours has all its rooms and pages.',
      entries: [
        whole,
        sized('grammY on hono', await bundlePeer('grammy-hono')),
        sized('discord-hono', await bundlePeer('discord-hono')),
        sized('hono hello world', await bundlePeer('hono-hello')),
      ],
      targets: [{ atMost: 250 }],
    },
    {
      work: 'What each part costs the bundle',
      unit: 'KB, gzip',
      digits: 1,
      isOfParts: true,
      how: 'By how much the bundle shrinks when the modules of a folder or of a package are left out of it. Parts share what repeats in them, so that the sum is less than the whole.',
      entries: [whole, ...(await partSizes())],
    },
  ];
}

/** Gzip bytes that go with each room, folder and package, heaviest first. */
async function partSizes(): Promise<Entry[]> {
  const whole = await bundleWorker(ROOT, 'src/index.ts', { charset: 'utf8' });
  // Without minifying, each module stands under a comment that names it.
  const [, ...chunks] = whole.split(/^(?=\/\/ (?:src|node_modules)\/)/m);
  const parts = Map.groupBy(chunks, (chunk) => partOf(chunk.slice(3, chunk.indexOf('\n'))));
  const minified = new Map(
    await Promise.all(
      chunks.map(async (chunk) => {
        const { code } = await transform(chunk, { minify: true, charset: 'utf8' });
        return [chunk, code] as const;
      }),
    ),
  );
  const sizeOf = (some: readonly string[]) =>
    kilobytes(some.map((chunk) => minified.get(chunk) ?? '').join(''));
  const all = sizeOf(chunks);
  return Array.from(parts, ([name, own]) => ({
    name,
    samples: [all - sizeOf(chunks.filter((chunk) => !own.includes(chunk)))],
  })).toSorted((one, other) => (other.samples[0] ?? 0) - (one.samples[0] ?? 0));
}

/** `features/menu`, `platforms/x`, `bot`, or a package's name. */
function partOf(path: string): string {
  const [, room] = /^src\/((?:features|platforms)\/\w+)\//.exec(path) ?? [];
  const [, folder] = /^src\/(?!features|platforms)(\w+)\//.exec(path) ?? [];
  const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return room ?? folder ?? name ?? 'top of src';
}
