import type { Setting } from '../config/setting.ts';
import type { Language } from '../lib/time.ts';

/** Files that list settings, each made from the book between its marks. */
export const LISTS: Readonly<Record<string, readonly ListPart[]>> = {
  '.dev.vars.example': [{ mark: null, render: devVars }],
  'wrangler.toml': [{ mark: ['[vars]\n', null], render: vars }],
  'package.json': [{ mark: ['"bindings": {\n', '    }\n  },\n'], render: buttonTexts }],
  'README.md': readmeParts('en'),
  'README.ko.md': readmeParts('ko'),
};

interface ListPart {
  /** What stands before and after the list; `null`: the start or the end of the file. */
  readonly mark: readonly [before: string, after: string | null] | null;
  readonly render: (settings: readonly Setting[]) => string;
}

/**
 * A file with its lists of settings as the book has them.
 *
 * @throws Error when a mark is missing: the list would have no place
 */
export function withLists(
  text: string,
  parts: readonly ListPart[],
  settings: readonly Setting[],
): string {
  return parts.reduce((written, { mark, render }) => {
    if (mark === null) return render(settings);
    const [before, after] = mark;
    const start = written.indexOf(before);
    const end = after === null ? written.length : written.indexOf(after, start);
    if (start < 0 || end < 0) throw new Error(`no place for a list of settings: ${before.trim()}`);
    return written.slice(0, start + before.length) + render(settings) + written.slice(end);
  }, text);
}

const isSecret = ({ kind }: Setting) => kind === 'secret';

function devVars(settings: readonly Setting[]): string {
  const entries = settings
    .filter(isSecret)
    .map(({ name, about: { what, where } }) =>
      [
        `# ${what.ko}${where ? ` — ${where.ko}` : ''}`,
        `# ${what.en}${where ? ` — ${where.en}` : ''}`,
        `${name}=`,
      ].join('\n'),
    );
  return [
    '# 비밀값이에요. `npm run dev`에는 이 파일을 `.dev.vars`로, 배포에는 `.prod.vars`로 복사해 채워 주세요. 비운 것은 그 기능을 꺼요.',
    '# Secrets. Copy this file to `.dev.vars` for `npm run dev`, to `.prod.vars` for the deployed Worker. A blank one switches its feature off.',
    ...entries,
    '',
  ].join('\n');
}

function vars(settings: readonly Setting[]): string {
  return settings
    .filter((setting) => !isSecret(setting))
    .map(({ name, fallback }) => `${name} = ${JSON.stringify(fallback)}\n`)
    .join('');
}

/** What the form of Cloudflare's Deploy button says beside each secret. */
function buttonTexts(settings: readonly Setting[]): string {
  const entries = settings.filter(isSecret).map(({ name, about: { what, where } }) => {
    const text = [what.ko, what.en, where?.en].filter((part) => part !== undefined).join(' / ');
    return [
      `      ${JSON.stringify(name)}: {`,
      `        "description": ${JSON.stringify(text)}`,
      '      }',
    ].join('\n');
  });
  return `${entries.join(',\n')}\n`;
}

function readmeParts(language: Language): readonly ListPart[] {
  return [
    {
      mark: ['<!-- secrets -->\n', '<!-- /secrets -->'],
      render: (settings) =>
        table(
          language === 'ko' ? ['비밀값', '쓰는 곳', '찾는 곳'] : ['secret', 'for', 'found at'],
          settings
            .filter(isSecret)
            .map(({ name, about: { what, where } }) => [
              `\`${name}\``,
              what[language],
              where?.[language] ?? (language === 'ko' ? '직접 정해요' : 'of your own choice'),
            ]),
        ),
    },
    {
      mark: ['<!-- vars -->\n', '<!-- /vars -->'],
      render: (settings) =>
        table(
          language === 'ko' ? ['변수', '기본값', '쓰는 곳'] : ['var', 'default', 'for'],
          settings
            .filter((setting) => !isSecret(setting))
            .map(({ name, fallback, about: { what } }) => [
              `\`${name}\``,
              fallback === '' ? '' : `\`${fallback}\``,
              what[language],
            ]),
        ),
    },
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    '\n',
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) => line(row.map(cell))),
    '\n',
  ].join('');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
