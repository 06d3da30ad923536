import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { titlesFile } from './import/titles.ts';
import { decoded, importUsers } from './import/users.ts';
import { parseSettings } from './settingsFile.ts';
import { runCommand, Stop } from './terminal.ts';

const USAGE = [
  'npm run import -- users user.csv https://soshik.example.workers.dev',
  'npm run import -- titles titles.txt',
].join('\n');
const ROOT = resolve(import.meta.dirname, '../..');
const OUTPUT = 'soshik-titles.json';

/** `npm run import`: takes over what the bots before knew. */
async function main(): Promise<void> {
  const [what, file, address, ...rest] = process.argv.slice(2);
  if (file === undefined || rest.length > 0)
    throw new Stop(`쓰는 법:\n${USAGE}`, 'usage: see above');
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new Stop(`${file} 파일을 읽지 못했어요.`, `${file} cannot be read.`);
  const text = decoded(bytes);
  if (what === 'titles' && address === undefined) {
    const { titles, ...form } = titlesFile(text, Date.now());
    if (titles.length === 0) throw nothingIn(file);
    await writeFile(OUTPUT, JSON.stringify({ ...form, titles }, null, 2));
    console.log(`✓ ${OUTPUT}\n  /admin/data의 가져오기에 넣어 주세요. / Import it on /admin/data.`);
    return;
  }
  if (what !== 'users' || address === undefined || !URL.canParse(address)) {
    throw new Stop(`쓰는 법:\n${USAGE}`, 'usage: see above');
  }
  let [all, failed] = [0, 0];
  await importUsers(text, new URL(address), await readKey(), ({ line, isIn, words }) => {
    all += 1;
    if (!isIn) failed += 1;
    console.log(`${isIn ? '✓' : '✗'} ${line}: ${words}`.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' '));
  });
  if (all === 0) throw nothingIn(file);
  if (failed === 0) return;
  throw new Stop(
    `${failed}줄이 들어가지 못했어요. 고친 뒤 다시 해 주세요. 들어간 줄은 그대로예요.`,
    `${failed} rows are not in: mend them and run it again; the others stay as they are.`,
  );
}

function nothingIn(file: string): Stop {
  return new Stop(`${file} 파일에 옮길 줄이 없어요.`, `There is nothing to take over in ${file}.`);
}

/** `API_KEY` of the environment, or of `.prod.vars`. */
async function readKey(): Promise<string> {
  const file = resolve(ROOT, '.prod.vars');
  const stored = existsSync(file)
    ? parseSettings(await readFile(file, 'utf8')).values.get('API_KEY')
    : undefined;
  const key = process.env['API_KEY'] ?? stored;
  if (key) return key;
  throw new Stop(
    'API_KEY를 .prod.vars나 환경 변수에 넣어 주세요.',
    'Put API_KEY into .prod.vars or the environment.',
  );
}

await runCommand(main);
