import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complaints, copyRepository, writeSettings } from './copy.ts';
import { filesIn, ROOT, read } from './files.ts';
import { type RunningCopy, runCopy } from './running.ts';

/** The compiler takes a second or two; more on a busy machine. */
const TIMEOUT_MS = 300_000;
const LISTS = ['wrangler.toml', '.dev.vars.example', 'README.md', 'README.ko.md'];

/** Where what stands in `test/added` belongs, and the lines outside it that CONTRIBUTING.md asks for. */
const additions = [
  {
    what: 'feature',
    folder: 'lucky',
    room: 'src/features/lucky',
    file: 'src/features/table.ts',
    lines: [
      [`import { menu }`, `import { lucky } from './lucky/lucky.ts';\nimport { menu }`],
      ['stage, feeds]', 'stage, feeds, lucky]'],
    ],
  },
  {
    what: 'platform',
    folder: 'pigeon',
    room: 'src/platforms/pigeon',
    file: 'src/platforms/table.ts',
    lines: [
      [`import { slack }`, `import { pigeon } from './pigeon/platform.ts';\nimport { slack }`],
      ['  mail,\n];', '  mail,\n  pigeon,\n];'],
    ],
  },
  {
    what: 'intent',
    folder: 'cats',
    room: 'src/features/cats',
    file: 'src/features/cats/cats.ts',
    lines: [
      [
        `import { catSettings`,
        `import { purr, purrWords } from './purr.ts';\nimport { catSettings`,
      ],
      ['intents: [catFact]', 'intents: [catFact, purr]'],
      ['{ words: catWords }', '{ words: { ...catWords, ...purrWords } }'],
    ],
  },
] as const;

let copy = '';
let before: ReadonlyMap<string, string>;

beforeAll(() => {
  copy = copyRepository(LISTS);
  before = contents();
  for (const { folder, room } of additions) place(folder, room);
  addLines();
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** All files of the copy that can be told apart by their text. */
function contents(): ReadonlyMap<string, string> {
  const below = readdirSync(join(copy, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(copy, join(entry.parentPath, entry.name)));
  return new Map(
    [...below, ...LISTS, 'package.json'].map((path) => [
      path,
      readFileSync(join(copy, path), 'utf8'),
    ]),
  );
}

/** Files of before that are another now. */
function touched(): string[] {
  const now = contents();
  return [...before].filter(([path, text]) => now.get(path) !== text).map(([path]) => path);
}

/** Puts a folder of `test/added` where it belongs; what it imports of `src` is nearer there. */
function place(folder: string, room: string): void {
  for (const path of filesIn(`test/added/${folder}`)) {
    const to = path.replace(`test/added/${folder}`, room);
    const up = '../'.repeat(to.split('/').length - 2);
    mkdirSync(dirname(join(copy, to)), { recursive: true });
    writeFileSync(join(copy, to), read(path).replaceAll(/'(?:\.\.\/)+src\//g, `'${up}`));
  }
}

/** Writes the lines outside of what was added; each place is there once. */
function addLines(): void {
  for (const { file, lines } of additions) {
    let text = readFileSync(join(copy, file), 'utf8');
    for (const [from, to] of lines) {
      if (text.split(from).length !== 2) throw new Error(`${file} has not one: ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(join(copy, file), text);
  }
}

/** The files that a recipe of CONTRIBUTING.md says are changed. */
function recipe(what: string): string[] {
  const row = new RegExp(`^\\| .*\\*\\*${what}\\*\\*.*\\|(.*)\\|$`, 'm').exec(
    readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'),
  );
  return Array.from((row?.[1] ?? '').matchAll(/`(src\/[^`]+)`/g), ([, path = '']) => path);
}

const letters: { to: string; words: string }[] = [];
let arrived: (() => void) | null = null;
const settings = { PIGEON_RING: 'fake-ring-of-a-pigeon' };

function start(): Promise<RunningCopy> {
  return runCopy(copy, settings, (url, body) => {
    if (url !== 'https://loft.example/fly') return;
    letters.push(JSON.parse(body));
    arrived?.();
  });
}

/** What the bot answers by pigeon to whoever says something. */
async function answerTo(running: RunningCopy, words: string): Promise<string> {
  const answer = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const letter = JSON.stringify({ flight: words, from: 'hana', words });
  expect(await running.post('/webhook/pigeon', letter, { 'x-ring': settings.PIGEON_RING })).toBe(
    200,
  );
  await answer;
  return letters.at(-1)?.words ?? '';
}

describe('what is added as CONTRIBUTING.md says', () => {
  test('touches no other file than the recipe names', () => {
    expect(touched().toSorted()).toEqual(additions.map(({ file }) => file).toSorted());
    expect(recipe('feature')).toEqual(['src/features/table.ts']);
    expect(recipe('platform')).toEqual(['src/platforms/table.ts']);
  });

  test(
    'compiles',
    async () => {
      expect(await complaints(copy)).toBe('');
    },
    TIMEOUT_MS,
  );

  test(
    'is in the lists of settings once they are written anew',
    async () => {
      const tables = additions.map(({ file }) => file);
      expect(await writeSettings(copy)).toBe('');
      const lists = touched().filter((path) => !tables.some((table) => table === path));
      expect(lists.toSorted()).toEqual([...LISTS, 'package.json'].toSorted());
      for (const path of ['.dev.vars.example', 'README.md', 'README.ko.md']) {
        expect(readFileSync(join(copy, path), 'utf8')).toContain('PIGEON_RING');
      }
      expect(readFileSync(join(copy, 'wrangler.toml'), 'utf8')).toContain('PIGEON_LOFT_URL');
    },
    TIMEOUT_MS,
  );

  test(
    'hears, answers and shows',
    async () => {
      const running = await start();
      try {
        expect(await answerTo(running, 'clover')).toContain('Four leaves');
        expect(await answerTo(running, '골골송')).toContain('골골골');
        expect(await answerTo(running, '도움말')).toContain('클로버');
        const { features } = JSON.parse((await running.get('/healthz')).text);
        expect(features).toMatchObject({
          pigeon: { state: 'on' },
          lucky: { state: 'on' },
          almanac: { state: 'on' },
        });
        expect((await running.get('/')).text).toContain('Pigeon post');
      } finally {
        await running.stop();
      }
    },
    TIMEOUT_MS,
  );
});
