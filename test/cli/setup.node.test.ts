import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadBook, loadGuides } from '../../src/cli/loadBook.ts';
import { parseSettings } from '../../src/cli/settingsFile.ts';
import { setUp } from '../../src/cli/setup/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import type { Guide } from '../../src/config/guide.ts';

const root = resolve(import.meta.dirname, '../..');

let guides: readonly Guide[];
beforeAll(async () => {
  guides = await loadGuides(root);
});
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'soshik-setup-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the command with these answers, against a network that answers as it is told. */
async function run(
  answers: readonly string[],
  network: (request: Request) => Response | Promise<Response> = () =>
    new Response('', { status: 503 }),
  name = '.prod.vars',
) {
  const left = [...answers];
  const said: string[] = [];
  const next = async (question: string) => {
    said.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`no answer left for: ${question}`);
    return answer;
  };
  const terminal: Terminal = {
    say: (line) => said.push(line),
    ask: next,
    askHidden: next,
    close: () => undefined,
  };
  const file = join(folder, name);
  const runtime = {
    now: () => Date.now(),
    randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
    fetch: async (request: Request) => await network(request),
  };
  await setUp({ terminal, guides, file, runtime });
  expect(left).toEqual([]);
  const { values, problems } = parseSettings(readFileSync(file, 'utf8'));
  expect(problems).toEqual([]);
  return { values, said: said.join('\n'), mode: statSync(file).mode & 0o777 };
}

/** The number under which the menu shows a guide. */
function number(title: string): string {
  return String(guides.findIndex(({ title: { en } }) => en === title) + 1);
}
const done = () => String(guides.length + 1);

test('the owner’s keys are made, and the file is for its owner only', async () => {
  const { values, said, mode } = await run(['', '', done()]);
  expect(Buffer.from(values.get('TOKEN_KEY') ?? '', 'base64')).toHaveLength(32);
  expect(values.get('ADMIN_PASSWORD')).toMatch(/^(?:[a-z2-9]{4}-){4}[a-z2-9]{4}$/);
  expect(said).toContain(values.get('ADMIN_PASSWORD'));
  expect(values.get('API_KEY')?.length).toBeGreaterThanOrEqual(16);
  expect(mode).toBe(0o600);
});

test('one channel asks for its own values only, tries them, and says what is left to do', async () => {
  const { values, said } = await run(
    [
      'me@example.com',
      'short',
      'a long password',
      number('Telegram'),
      '123:wrong',
      '',
      '123:right',
      done(),
    ],
    ({ url }) =>
      url.includes('123:right')
        ? Response.json({ ok: true, result: { id: 123, username: 'tidings_bot' } })
        : Response.json(
            { ok: false, error_code: 401, description: 'Unauthorized' },
            { status: 401 },
          ),
  );
  expect(values.get('ADMIN_PASSWORD')).toBe('a long password');
  expect(values.get('TELEGRAM_BOT_TOKEN')).toBe('123:right');
  expect(values.get('TELEGRAM_WEBHOOK_SECRET')).toMatch(/^[\w-]{32}$/);
  expect(said).toContain('텔레그램이 이 토큰을 몰라요');
  expect(said).toContain('@tidings_bot');
  expect(said).toContain('/admin/channels');
  expect(said).not.toContain('TWITTER');
});

test('run again it keeps what is there, also comments, and adds a channel', async () => {
  const before = '# my bot\nTOKEN_KEY=kept-as-it-is\nADMIN_PASSWORD=kept\nAPI_KEY=kept\nMINE=1\n';
  writeFileSync(join(folder, '.prod.vars'), before);
  const { values } = await run(
    [number('GitHub repositories'), 'ghp_x', done()],
    ({ headers }) =>
      new Response('{}', { status: headers.get('authorization') === 'Bearer ghp_x' ? 200 : 401 }),
  );
  expect(values.get('GITHUB_TOKEN')).toBe('ghp_x');
  expect(readFileSync(join(folder, '.prod.vars'), 'utf8').startsWith(before)).toBe(true);
});

test('run again it offers to keep or to replace what it made; an old key still opens what it sealed', async () => {
  writeFileSync(
    join(folder, '.prod.vars'),
    'TOKEN_KEY=old-key\nADMIN_PASSWORD=old-password\nAPI_KEY=old-api-key\n',
  );
  const { values, said } = await run([
    number('The owner’s keys'),
    '',
    'new',
    'new',
    'a better password',
    '',
    done(),
  ]);
  expect(values.get('TOKEN_KEY')).toMatch(/^[\w+/]{43}=,old-key$/);
  expect(values.get('ADMIN_PASSWORD')).toBe('a better password');
  expect(values.get('API_KEY')).toBe('old-api-key');
  expect(said).not.toContain('old-password');
});

test('a school is found by its name', async () => {
  const row = {
    ATPT_OFCDC_SC_CODE: 'B10',
    SD_SCHUL_CODE: '7010113',
    SCHUL_NM: '한빛고',
    LCTN_SC_NM: '서울',
  };
  const { values } = await run(
    ['', '', number('School meals'), '한빛', '1', '', done()],
    ({ url }) =>
      Response.json(
        new URL(url).searchParams.get('SCHUL_NM') === '한빛'
          ? { schoolInfo: [{}, { row: [row] }] }
          : {},
      ),
  );
  expect(values.get('MENU_SCHOOL')).toBe('B10:7010113');
});

test('a value with $ is refused for wrangler dev, which would read it as something else', async () => {
  const { values, said } = await run(
    ['', '', number('GitHub repositories'), 'a$b', 'ab', done()],
    () => new Response('{}'),
    '.dev.vars',
  );
  expect(values.get('GITHUB_TOKEN')).toBe('ab');
  expect(said).toContain('wrangler dev');
});

describe('what Kakao says about keys', () => {
  test.each([
    ['KOE320', 'good'],
    ['KOE101', 'bad'],
    ['KOE010', 'bad'],
    ['KOE237', 'unknown'],
  ])('%s is %s', async (code, state) => {
    const kakao = guides.find(({ title: { en } }) => en === 'KakaoTalk');
    const checked = await kakao?.check({
      value: ({ name, fallback }) => (name === 'KAKAO_REST_API_KEY' ? 'key' : fallback),
      runtime: {
        now: () => 0,
        randomBytes: (length) => new Uint8Array(length),
        fetch: async () => Response.json({ error: 'e', error_code: code }, { status: 400 }),
      },
    });
    expect(checked?.state).toBe(state);
  });
});

describe('the keys of X', () => {
  test.each([
    [403, 200, 'bad'],
    [200, 200, 'good'],
    [200, 401, 'bad'],
    [200, 402, 'bad'],
    [200, 500, 'unknown'],
  ])('app %i and account %i are %s', async (app, account, state) => {
    const x = guides.find(({ title: { en } }) => en === 'X (Twitter)');
    const checked = await x?.check({
      value: ({ name, fallback }) => (/KEY|SECRET|TOKEN/.test(name) ? 'plain' : fallback),
      runtime: {
        now: () => 0,
        randomBytes: (length) => new Uint8Array(length),
        fetch: async ({ url }) => {
          if (!url.endsWith('/oauth2/token')) return new Response('{}', { status: account });
          return app === 200
            ? Response.json({ token_type: 'bearer', access_token: 'a' })
            : Response.json({ errors: [{ code: 99, message: 'no' }] }, { status: app });
        },
      },
    });
    expect(checked?.state).toBe(state);
  });
});

const neis = (CODE: string) => ({ RESULT: { CODE, MESSAGE: '' } });
const kopis = (words: string) =>
  `<dbs><db><returncode>1</returncode><errmsg>${words}</errmsg></db></dbs>`;

describe('a key that is tried', () => {
  test.each([
    ['School meals', 200, neis('INFO-200'), 'good'],
    ['School meals', 200, neis('INFO-100'), 'bad'],
    ['School meals', 200, { schoolInfo: [{ head: [neis('INFO-300')] }] }, 'bad'],
    ['School meals', 200, neis('ERROR-500'), 'unknown'],
    ['School meals', 503, '<html>', 'unknown'],
    ['School meals', 200, '<html>점검 중', 'unknown'],
    ['Plays and musicals', 200, '<dbs></dbs>', 'good'],
    ['Plays and musicals', 200, kopis('DEADLINE HAS EXPIRED ERROR'), 'bad'],
    ['Plays and musicals', 200, kopis('LIMITED NUMBER OF SERVICE REQUESTS'), 'unknown'],
    ['Plays and musicals', 302, '', 'unknown'],
    ['X (Twitter)', 403, { type: 'https://api.x.com/2/problems/client-not-enrolled' }, 'bad'],
    ['X (Twitter)', 403, { errors: [{ code: 64, message: 'suspended' }] }, 'bad'],
    ['X (Twitter)', 403, '<html>', 'unknown'],
  ])('by %s that answers %i %j is %s', async (title, status, answer, state) => {
    const guide = guides.find((one) => one.title.en === title);
    const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
    const checked = await guide?.check({
      value: ({ name, fallback }) => (/KEY|SECRET|TOKEN/.test(name) ? 'plain' : fallback),
      runtime: {
        now: () => 0,
        randomBytes: (length) => new Uint8Array(length),
        fetch: async ({ url }) =>
          url.endsWith('/oauth2/token')
            ? Response.json({ token_type: 'bearer', access_token: 'a' })
            : new Response(body, { status }),
      },
    });
    expect(checked?.state).toBe(state);
  });
});

test('a school is not said to be unknown where nobody could be asked', async () => {
  const { said } = await run(
    ['', '', number('School meals'), '한빛', '', '', done()],
    () => new Response('<html>', { status: 503 }),
  );
  expect(said).toContain('지금은 찾아볼 수 없어요');
  expect(said).not.toContain('찾지 못했어요');
});

test('every secret of the book is asked for or made by some guide, a GitHub App’s excepted', async () => {
  const { settings } = await loadBook(root);
  const known = new Set(
    guides.flatMap(({ asks, makes }) => [...asks, ...makes]).map(({ name }) => name),
  );
  const left = settings.filter(({ kind, name }) => kind === 'secret' && !known.has(name));
  expect(left.map(({ name }) => name).filter((name) => !name.startsWith('GITHUB_APP_'))).toEqual(
    [],
  );
});

test('answers may come through a pipe, and unknown words are refused', () => {
  const setup = (args: readonly string[], input: string) =>
    spawnSync(process.execPath, [join(root, 'src/cli/setup.ts'), ...args], {
      cwd: folder,
      input,
      encoding: 'utf8',
    });
  const piped = setup(['--prod'], `\n\n${done()}\n`);
  expect(piped.stdout).toContain('npm run deploy');
  expect(readFileSync(join(folder, '.prod.vars'), 'utf8')).toContain('TOKEN_KEY=');
  expect(setup(['--prod'], '').stderr).toContain('No answer came');
  expect(setup(['--everything'], '').stderr).toContain('usage');
});
