import { dirname, join } from 'node:path/posix';
import { filesIn, read } from './files.ts';

/** An import, re-export or dynamic import of one file of ours by another; types count. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

const STATEMENT =
  /^\s*(?:import|export)\s(?:[^'";`]*?\sfrom\s+)?'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'/gm;

/** Every arrow between files of `src`. */
export function arrows(): Arrow[] {
  return filesIn('src')
    .filter((path) => /\.tsx?$/.test(path))
    .flatMap((from) =>
      Array.from(read(from).matchAll(STATEMENT), ([, named, dynamic]) => ({
        from,
        to: join(dirname(from), named ?? dynamic ?? ''),
      })),
    );
}

/** Groups of files that lead back to themselves; empty when there is no circle. */
export function circles(edges: readonly Arrow[]): string[][] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]) => {
    const seenAt = path.indexOf(file);
    if (seenAt >= 0) {
      found.push(path.slice(seenAt));
    } else if (!done.has(file)) {
      for (const { to } of next.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of next.keys()) walk(file, []);
  return found;
}
