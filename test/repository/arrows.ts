import type { Arrow } from './graph.ts';

/**
 * Which part of `src` may import which, as data. `<own>` stands for the same feature or
 * platform. The first row that fits a file counts, for both ends of an arrow.
 */
export const parts = [
  {
    part: 'index',
    files: /^src\/(?:index|queue)\.ts$/,
    mayImport: ['index', 'wire', 'pages', 'bot', 'config', 'store', 'lib'],
  },
  { part: 'wire', files: /^src\/wire\.ts$/, mayImport: ['*'] },
  { part: 'lib', files: /^src\/lib\//, mayImport: ['lib'] },
  { part: 'assets', files: /^src\/assets\//, mayImport: ['lib', 'assets'] },
  { part: 'config', files: /^src\/config\//, mayImport: ['config', 'lib'] },
  { part: 'ui', files: /^src\/ui\//, mayImport: ['ui', 'config', 'store', 'lib', 'assets'] },
  { part: 'store', files: /^src\/store\//, mayImport: ['store', 'lib'] },
  { part: 'bot', files: /^src\/bot\//, mayImport: ['bot', 'config', 'store', 'lib'] },
  {
    part: 'api',
    files: /^src\/(platforms\/[^/]+)\/api\//,
    mayImport: ['api <own>', 'lib'],
  },
  // What features that need the platform are given of it.
  {
    part: 'client',
    files: /^src\/(platforms\/[^/]+)\/client\.ts$/,
    mayImport: ['platform <own>', 'api <own>', 'bot', 'config', 'store', 'lib'],
  },
  {
    part: 'tables',
    files: /^src\/(?:features|platforms)\/table\.ts$/,
    mayImport: ['feature', 'platform', 'bot', 'config', 'lib'],
  },
  {
    part: 'platform',
    files: /^src\/(platforms\/[^/]+)\//,
    mayImport: [
      'platform <own>',
      'client <own>',
      'api <own>',
      'bot',
      'config',
      'store',
      'ui',
      'lib',
      'assets',
    ],
  },
  {
    part: 'feature',
    files: /^src\/(features\/[^/]+)\//,
    mayImport: ['feature <own>', 'client', 'api', 'bot', 'config', 'store', 'ui', 'lib', 'assets'],
  },
  {
    part: 'pages',
    files: /^src\/pages\//,
    mayImport: ['pages', 'tables', 'bot', 'config', 'store', 'ui', 'lib', 'assets'],
  },
  { part: 'cli', files: /^src\/cli\//, mayImport: ['cli', 'wire', 'tables', 'config', 'lib'] },
] as const satisfies readonly {
  readonly part: string;
  readonly files: RegExp;
  readonly mayImport: readonly string[];
}[];

interface Place {
  readonly part: string;
  /** The feature or platform. */
  readonly own: string;
  readonly mayImport: readonly string[];
}

/** The part a file of `src` belongs to; `null`: none, which is a fault. */
export function placeOf(path: string): Place | null {
  for (const { part, files, mayImport } of parts) {
    const match = files.exec(path);
    if (match) return { part, own: match[1] ?? '', mayImport };
  }
  return null;
}

/** True when a file may import another one. */
export function isAllowed(from: string, to: string): boolean {
  if (CONTRACT.has(to) && (CONTRACT.has(from) || from.startsWith('src/ui/'))) return true;
  const [source, target] = [placeOf(from), placeOf(to)];
  if (!source || !target) return false;
  return source.mayImport.some((allowed) =>
    allowed.endsWith(' <own>')
      ? allowed === `${target.part} <own>` && source.own === target.own
      : allowed === '*' || allowed === target.part,
  );
}

/**
 * Types that describe each other: a bot has rooms, and every part of a room is handed the bot. They
 * are one contract in several files, none of which does anything at run time for another.
 */
const CONTRACT = new Set([
  'src/bot/context.ts',
  'src/bot/platform.ts',
  'src/bot/feature.ts',
  'src/bot/http.ts',
  'src/bot/api.ts',
  'src/bot/jobs/job.ts',
  'src/bot/owner/words.ts',
  'src/bot/talk/types.ts',
  'src/ui/admin/types.ts',
]);

/** True for an import between files of the contract. */
export function isOfContract({ from, to }: Arrow): boolean {
  return CONTRACT.has(from) && CONTRACT.has(to);
}
