import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };

const root = resolve(import.meta.dirname, '../..');
const documents = ['.', 'docs', 'docs/platforms'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The text as people read it: no fenced code. */
function prose(path: string): string {
  return read(path).replaceAll(/^```[\s\S]*?^```/gm, '');
}

/** The anchors GitHub gives to a document's headings. */
function anchors(path: string): Set<string> {
  return new Set(
    [...prose(path).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) =>
      heading
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What a document is made of, whatever its language. */
function shape(path: string) {
  return {
    headings: [...prose(path).matchAll(/^(#{1,6}) /gm)].map(([, marks]) => marks),
    pictures: [...read(path).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file]) => file),
    examples: [...read(path).matchAll(/^ *```(?:sh|console)\n([\s\S]*?)^ *```/gm)].map(([, code]) =>
      code?.replaceAll(/^#.*\n/gm, ''),
    ),
    steps: [...read(path).matchAll(/^(\d+\.) /gm)].map(([, number]) => number),
    rows: [...prose(path).matchAll(/^\|.*\|$/gm)].map(([row]) => row.match(/\|/g)?.length),
    settings: [...prose(path).matchAll(/^\| `([A-Z_`, ]+)` \|/gm)].map(([, names]) => names),
  };
}

describe.each(documents)('%s', (path) => {
  test('links to files and headings that exist', () => {
    const broken = [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^(https:|mailto:|<)/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const linked = file === '' ? path : join(dirname(path), file);
        if (!existsSync(join(root, linked))) return true;
        return anchor !== undefined && !anchors(linked).has(decodeURIComponent(anchor));
      });
    expect(broken).toEqual([]);
  });

  test('names commands of npm that exist', () => {
    const names = [...read(path).matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(
      ([, name = '']) => name,
    );
    expect(names.filter((name) => !(name in packageFile.scripts))).toEqual([]);
  });

  test('names commands of wrangler that exist', () => {
    const commands = [...read(path).matchAll(/\bnpx wrangler ((?:[a-z][a-z0-9-]* ?)+)/g)].map(
      ([, words = '']) => words.trim(),
    );
    const known = commands.length > 0 ? read('node_modules/wrangler/wrangler-dist/cli.js') : '';
    const unknown = commands.filter((command) => {
      const words = command.split(' ');
      return !words.some((_, index) =>
        known.includes(`"wrangler ${words.slice(0, words.length - index).join(' ')}"`),
      );
    });
    expect(unknown).toEqual([]);
  });
});

const KOREAN = /\.ko\.md$/;

test.each(documents.filter((path) => KOREAN.test(path)))(
  '%s and its English say the same: as many parts, pictures, examples, steps and rows',
  (path) => {
    expect(shape(path)).toEqual(shape(path.replace(KOREAN, '.md')));
  },
);
