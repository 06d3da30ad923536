import { randomBytes } from 'node:crypto';
import type { Setting } from '../../config/setting.ts';
import { valueProblem } from '../ownerSettings.ts';
import type { Terminal } from '../terminal.ts';

const KEY_BYTES = 32;
const WORD_BYTES = 24;
/** Typed by a person: no letters that look like others, in groups. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;
const GROUP_LETTERS = 4;

/** A value of the owner's own choice, made by chance; a password they may choose themselves. */
export async function madeFor(setting: Setting, terminal: Terminal): Promise<string> {
  if (setting.name === 'TOKEN_KEY') return randomBytes(KEY_BYTES).toString('base64');
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

function randomGroup(): string {
  const fair = 256 - (256 % LETTERS.length);
  let group = '';
  while (group.length < GROUP_LETTERS) {
    const [byte = 255] = randomBytes(1);
    if (byte < fair) group += LETTERS.charAt(byte % LETTERS.length);
  }
  return group;
}
