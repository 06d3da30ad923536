import * as v from 'valibot';
import type { Bot } from '../../../bot/context.ts';
import type { Skill } from '../../../bot/feature.ts';
import type { Answer } from '../../../bot/receive.ts';
import { minuteOf } from '../../../lib/time.ts';
import type { Commit } from '../../../platforms/github/api/types.ts';
import type { Person } from '../../../store/people.ts';
import { nicknameKey } from '../../../store/watchRules.ts';
import { type Watch, watchesOf } from '../store/watches.ts';
import { watchProblems, watchTexts } from '../talk/texts.ts';
import { coveringText } from './branches.ts';
import { commitsSince } from './find.ts';
import { registerWatch } from './register.ts';

/**
 * The three skills of the seed's chatbot, the predecessor this bot takes over: the same fields are
 * read, the same texts answered, so that its blocks go on working.
 */
export const seedSkills: Readonly<Record<string, Skill>> = {
  barcode: { about: { ko: 'QR 코드로 등록', en: 'registers by QR code' }, answer: barcode },
  repoList: { about: { ko: '별명 목록', en: 'list of nicknames' }, answer: repoList },
  repoStatus: { about: { ko: '최근 커밋', en: 'latest commits' }, answer: repoStatus },
};

/** Values of `action.detailParams`, by name. */
type Params = Readonly<Record<string, string>>;

const MOST_COMMITS = 5;
/**
 * Three bubbles of 1,000 (docs/platforms/kakao.md, Skill answers), each parted at the end of a line, and
 * a last line that says what is left.
 */
const MOST_TEXT = 2700;

const qrContent = v.object({
  url: v.string(),
  alias: v.nullish(v.string(), ''),
  branch: v.nullish(v.string(), ''),
});

/** What the QR code of a registration holds, as the barcode plugin passes it on. */
function readBarcode(value: string): v.InferOutput<typeof qrContent> | null {
  const plugin = v.safeParse(v.object({ barcodeData: v.unknown() }), parseJson(value));
  const data = plugin.success ? plugin.output.barcodeData : parseJson(value);
  const content = v.safeParse(qrContent, typeof data === 'string' ? parseJson(data) : data);
  return content.success ? content.output : null;
}

async function barcode(bot: Bot, person: Person, params: Params): Promise<Answer> {
  const code = readBarcode(params['barcode'] ?? '');
  if (code === null) return answer(watchProblems['not-a-repository'].ko());
  const alias = decode(code.alias ?? '').trim();
  const registered = await registerWatch(bot, person, {
    address: code.url,
    branch: code.branch?.trim() || null,
    nickname: alias === '' ? null : alias,
  });
  return answer(
    registered.ok
      ? `[${registered.value.nickname}] 등록 완료!`
      : watchProblems[registered.reason].ko(),
  );
}

async function repoList(bot: Bot, person: Person): Promise<Answer> {
  const watches = await watchesOf(bot.db, person.id, bot.runtime.now());
  if (watches.length === 0) return answer(watchTexts.listNone.ko());
  const lines = watches.map(({ nickname }, index) => `${index + 1}. ${nickname}`);
  const shown = linesThatFit(['등록하신 레포 목록입니다.', ...lines]);
  const left = lines.length + 1 - shown.length;
  return left === 0
    ? { text: shown.join('\n'), suggestions: ['입력하기'] }
    : {
        text: [
          ...shown,
          `그 밖에 ${left}개가 더 있어요. ‘목록’이라고 하시면 모두 보실 수 있어요.`,
        ].join('\n'),
        suggestions: ['입력하기', '목록'],
      };
}

/** Lines from the first on, as many as an answer has room for. */
function linesThatFit(lines: readonly string[]): readonly string[] {
  let length = 0;
  const end = lines.findIndex((line) => {
    length += line.length + 1;
    return length > MOST_TEXT;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

async function repoStatus(bot: Bot, person: Person, params: Params): Promise<Answer> {
  const words = params['repoAlias'] ?? '';
  const named = whichWatch(await watchesOf(bot.db, person.id, bot.runtime.now()), words);
  if (!named) return answer(watchTexts.noSuchWatch.ko(words));
  if (named.watch.branch.isPattern) return answer(await coveringText(bot, named.watch, 'ko'));
  const since = await commitsSince(bot, named.watch);
  if (!since.ok) return answer(watchProblems[since.reason].ko());
  const { commits, total, writes } = since.value;
  if (writes.length > 0) await bot.db.batch([...writes]);
  if (total === 0) return answer('해당 레포 업데이트 사항이 없습니다');
  const left = total - Math.min(commits.length, MOST_COMMITS);
  return answer(
    [
      `[${named.watch.nickname}] 최근 커밋 이력입니다.`,
      ...commits.slice(0, MOST_COMMITS).map((commit) => commitLines(commit, bot.config.timeZone)),
      ...(left > 0 ? [`그 밖에 ${left}개 더`] : []),
    ].join('\n\n'),
  );
}

function commitLines({ at, author, email, message, url }: Commit, timeZone: string): string {
  return [
    `날짜 : ${minuteOf(at, timeZone)}`,
    `이름 : ${author}`,
    `이메일 : ${email}`,
    `커밋메세지 : ${message}`,
    `주소 : ${url}`,
  ].join('\n');
}

function answer(text: string): Answer {
  return { text, suggestions: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A percent-encoded text; one that is not well encoded stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The watch a person means: by its number in the list (from 1) or by its nickname. What stands
 * behind it is returned as `rest`, so that `설정 내 저장소 매일 9시` needs no quotes.
 */
function whichWatch(
  watches: readonly Watch[],
  words: string,
): { readonly watch: Watch; readonly rest: string } | null {
  const [, digits, after = ''] = /^(\d{1,3})\s*(?:번)?(?:\s+(.*))?$/s.exec(words.trim()) ?? [];
  if (digits !== undefined) {
    const watch = watches[Number(digits) - 1];
    return watch ? { watch, rest: after.trim() } : null;
  }
  const tokens = words.trim().split(/\s+/);
  for (let count = tokens.length; count > 0; count--) {
    const key = nicknameKey(tokens.slice(0, count).join(' '));
    const watch = watches.find(({ nickname }) => nicknameKey(nickname) === key);
    if (watch) return { watch, rest: tokens.slice(count).join(' ') };
  }
  return null;
}
