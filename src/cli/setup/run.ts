import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Guide, GuideTools } from '../../config/guide.ts';
import type { Setting } from '../../config/setting.ts';
import type { Runtime } from '../../lib/runtime.ts';
import type { Text } from '../../lib/text.ts';
import {
  changeSettings,
  type FileProblem,
  parseSettings,
  valueProblem,
  writeValue,
} from '../settingsFile.ts';
import { choose, Stop, type Terminal } from '../terminal.ts';

const KEY_BYTES = 32;
const WORD_BYTES = 24;
/** Typed by a person: no letters that look like others, in groups. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP_LETTERS = 4;

/**
 * A value of the owner's own choice, made by chance; a password they may choose themselves.
 *
 * @param old the one it takes the place of: what a key has sealed must still be read
 */
async function madeFor(setting: Setting, old: string, terminal: Terminal): Promise<string> {
  if (setting.name === 'TOKEN_KEY') {
    const key = randomBytes(KEY_BYTES).toString('base64');
    return old === '' ? key : `${key},${old}`;
  }
  if (!setting.name.endsWith('PASSWORD')) return randomBytes(WORD_BYTES).toString('base64url');
  const { ko, en } = setting.about.what;
  terminal.say(`\n${setting.name}: ${ko} / ${en}`);
  for (;;) {
    const own = await terminal.askHidden('  (Enter: 만들어 드려요 / Enter: one is made): ');
    if (own === '') break;
    const problem = valueProblem(setting, own);
    if (problem === null) return own;
    terminal.say(`  ✗ ${problem.ko} / ${problem.en}`);
  }
  const password = Array.from({ length: GROUPS }, randomGroup).join('-');
  terminal.say(`  비밀번호 / password: ${password}`);
  return password;
}

/** Whether the owner wants another value in the place of one that their file has. */
async function isReplaced({ name }: Setting, terminal: Terminal): Promise<boolean> {
  const answer = await terminal.ask(
    `\n${name}: 있어요. 그대로 두려면 Enter, 바꾸려면 new / set; Enter keeps it, "new" replaces it: `,
  );
  return answer.toLowerCase() === 'new';
}

function randomGroup(): string {
  const fair = 256 - (256 % LETTERS.length);
  let group = '';
  while (group.length < GROUP_LETTERS) {
    const [byte = 255] = randomBytes(1);
    if (byte < fair) group += LETTERS.charAt(byte % LETTERS.length);
  }
  return group;
}

export interface SetupOptions {
  readonly terminal: Terminal;
  readonly guides: readonly Guide[];
  /** `.dev.vars` or `.prod.vars`; made when it is missing. */
  readonly file: string;
  readonly runtime: Runtime;
}

const BOTH = ({ ko, en }: Text) => `${ko}\n  ${en}`;

/**
 * Lets an owner choose what to connect, says where its keys are found, asks for them one by one, tries
 * them, and writes them down after each. Can be run again: what is there stays unless it is replaced.
 */
export async function setUp(options: SetupOptions): Promise<void> {
  const { terminal, guides, file } = options;
  const first = guides[0];
  const values = new Map(await readValues(file));
  if (first?.makes.some(({ name }) => !values.has(name))) {
    await follow(first, options, values);
  }
  for (;;) {
    terminal.say('');
    const chosen = await choose(terminal, '무엇을 이을까요? / What shall be connected?', [
      ...guides.map((guide) => ({
        value: guide,
        label: `${isDone(guide, values) ? '✓ ' : ''}${guide.title.ko} / ${guide.title.en}`,
      })),
      { value: null, label: '다 했어요 / done' },
    ]);
    if (chosen === null) return;
    await follow(chosen, options, values);
  }
}

async function readValues(file: string): Promise<ReadonlyMap<string, string>> {
  if (!existsSync(file)) return new Map();
  const { values, problems } = parseSettings(await readFile(file, 'utf8'));
  if (problems.length === 0) return values;
  throw new Stop(
    `${basename(file)}를 먼저 고쳐 주세요.\n${problems.map(({ ko }) => `- ${ko}`).join('\n')}`,
    `Mend it first.\n${problems.map(({ en }) => `- ${en}`).join('\n')}`,
  );
}

/** True when nothing is missing that the room cannot do without. */
function isDone({ asks, makes, find: finder }: Guide, values: ReadonlyMap<string, string>) {
  const secrets = asks.filter(({ kind }) => kind === 'secret').slice(0, 1);
  const needed = finder ? [finder.setting] : [...makes, ...secrets];
  return needed.every(({ name }) => values.has(name));
}

/** One room: its steps, its questions, its trial, and what is left to do. */
async function follow(
  guide: Guide,
  { terminal, file, runtime }: SetupOptions,
  values: Map<string, string>,
): Promise<void> {
  terminal.say(`\n■ ${guide.title.ko} / ${guide.title.en}`);
  terminal.say(`  ${guide.minutes}분, ${guide.cost.ko} / ${guide.minutes} min, ${guide.cost.en}`);
  for (const [index, step] of guide.steps.entries()) terminal.say(`${index + 1}. ${BOTH(step)}`);
  const tools: GuideTools = {
    value: ({ name, fallback }) => values.get(name) ?? fallback,
    runtime,
  };
  const isDev = basename(file) === '.dev.vars';
  const save = (setting: Setting, value: string) => {
    if (value !== '') values.set(setting.name, value);
  };
  const before = new Map(values);
  for (;;) {
    if (guide.find) save(guide.find.setting, await find(guide.find, terminal, tools));
    for (const setting of guide.asks) {
      save(setting, await askFor(setting, terminal, values.has(setting.name), isDev));
    }
    for (const setting of guide.makes) {
      const old = before.get(setting.name);
      const isAsked = old !== undefined && values.get(setting.name) === old;
      if (isAsked ? await isReplaced(setting, terminal) : !values.has(setting.name)) {
        save(setting, await madeFor(setting, old ?? '', terminal));
      }
    }
    const checked = await guide.check(tools);
    if (checked === null) break;
    const mark = { good: '✓', bad: '✗', unknown: '!' }[checked.state];
    terminal.say(`${mark} ${BOTH(checked.words)}`);
    if (checked.state !== 'bad') break;
    const again = await terminal.ask(
      '다시 넣을까요? Enter: 다시, n: 그대로 두기 / again? Enter: yes, n: leave it: ',
    );
    if (again !== '') break;
  }
  const changes = new Map([...values].filter(([name, value]) => before.get(name) !== value));
  await write(file, changes);
  terminal.say(
    changes.size === 0
      ? '바뀐 것이 없어요. / Nothing has changed.'
      : `적었어요 / written: ${[...changes.keys()].join(', ')} → ${basename(file)}`,
  );
  if (guide.later.length === 0) return;
  terminal.say('\n배포한 다음에 할 일 / to do once it is deployed:');
  const origin = values.get('PUBLIC_URL') ?? 'https://<워커 주소>';
  for (const { ko, en } of guide.later) {
    terminal.say(`- ${BOTH({ ko, en }).replaceAll('{origin}', origin)}`);
  }
}

/** Asks until the answer can be meant; blank leaves things as they are. */
async function askFor(
  setting: Setting,
  terminal: Terminal,
  isThere: boolean,
  isDev: boolean,
): Promise<string> {
  const { name, kind, about } = setting;
  terminal.say(`\n${name}: ${about.what.ko} / ${about.what.en}`);
  if (about.where) terminal.say(`  ${about.where.ko} / ${about.where.en}`);
  const question = isThere
    ? '  (있어요. 그대로 두려면 Enter / set; Enter keeps it): '
    : '  (없으면 Enter / Enter for none): ';
  for (;;) {
    const value =
      kind === 'secret' ? await terminal.askHidden(question) : await terminal.ask(question);
    const problem =
      value === '' ? null : (valueProblem(setting, value) ?? fileProblem(value, isDev));
    if (problem === null) return value;
    terminal.say(`  ✗ ${problem.ko} / ${problem.en}`);
  }
}

/** Why a value cannot be written so that everybody reads it back alike. */
function fileProblem(value: string, isDev: boolean): FileProblem | null {
  if (writeValue(value) === null) {
    return { ko: '따옴표 세 가지가 다 있어요', en: 'holds all three kinds of quotes' };
  }
  return isDev && value.includes('$')
    ? {
        ko: 'wrangler dev는 $를 다르게 읽어요. $ 없는 값이어야 해요',
        en: 'wrangler dev reads "$" as something else: take a value without it',
      }
    : null;
}

async function find(
  finder: NonNullable<Guide['find']>,
  terminal: Terminal,
  tools: GuideTools,
): Promise<string> {
  for (;;) {
    const text = await terminal.ask(`\n${finder.question.ko} / ${finder.question.en}: `);
    if (text === '') return '';
    const found = await finder.search(text, tools);
    if (found === null || found.length === 0) {
      terminal.say(
        found === null
          ? '  지금은 찾아볼 수 없어요. 다시 적거나 Enter로 넘어가 주세요. / It cannot be asked now: try again, or Enter to go on.'
          : '  찾지 못했어요. / Nothing found.',
      );
      continue;
    }
    const none = { value: '', label: '이 가운데 없어요 / none of these' };
    const chosen = await choose(terminal, '어느 것인가요? / Which one?', [...found, none]);
    if (chosen !== '') return chosen;
  }
}

/** Readable by this person only, and never half written. */
async function write(file: string, changes: ReadonlyMap<string, string>): Promise<void> {
  const before = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (changes.size > 0) {
    const draft = `${file}.tmp`;
    await writeFile(draft, changeSettings(before, changes), { mode: 0o600 });
    await rename(draft, file);
  }
  if (existsSync(file)) await chmod(file, 0o600);
}
