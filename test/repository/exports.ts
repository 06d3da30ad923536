import { dirname, join } from 'node:path/posix';
import { filesIn, read } from './files.ts';

const DECLARED =
  /^export (?:default )?(?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm;
const TAKEN =
  /^\s*(?:import|export)\s(?:type\s)?([^'";`]*?)\sfrom\s+'(\.[^']+)'|\bimport\(\s*'(\.[^']+)'/gm;
/** Found by their file's name: the guides of rooms (src/cli/loadBook.ts) and the Worker's entry. */
const FOUND_OTHERWISE = /(?:^src\/index\.ts|\/\w*[gG]uide\.ts)$/;

/** What a file of `src` offers and nobody in `src` uses, itself included: `path: name`. */
export function deadExports(): string[] {
  const files = filesIn('src').filter((path) => /\.tsx?$/.test(path));
  const taken = new Set(files.flatMap((path) => takenBy(path)));
  return files
    .filter((path) => !FOUND_OTHERWISE.test(path) && !taken.has(`${path}: *`))
    .flatMap((path) => {
      const text = read(path);
      return Array.from(text.matchAll(DECLARED), ([, name = '']) => name)
        .filter((name) => !taken.has(`${path}: ${name}`))
        .filter((name) => Array.from(text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))).length < 2)
        .map((name) => `${path}: ${name}`);
    });
}

/** What a file takes from others: `path: name`, a `*` for all. */
function takenBy(path: string): string[] {
  return Array.from(read(path).matchAll(TAKEN)).flatMap(([, names = '*', named, dynamic]) => {
    const from = join(dirname(path), named ?? dynamic ?? '');
    if (names.includes('*')) return [`${from}: *`];
    return Array.from(
      names.matchAll(/(?:type )?(\w+)(?: as \w+)?/g),
      ([, name]) => `${from}: ${name}`,
    );
  });
}
