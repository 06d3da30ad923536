import { readFile } from 'node:fs/promises';
import { type FileProblem, parseSettings } from './settingsFile.ts';

/** Names the bot knows: secrets stand in `.dev.vars.example`, vars in wrangler.toml. */
export interface KnownSettings {
  /** Secrets with what the example has for them. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly vars: ReadonlySet<string>;
}

/** What an owner set for a deployed bot. */
export interface OwnerSettings {
  readonly secrets: Readonly<Record<string, string>>;
  readonly vars: Readonly<Record<string, string>>;
  /** `CLOUDFLARE_ACCOUNT_ID`: for deploying only, never sent to the Worker. */
  readonly accountId: string | null;
}

const ACCOUNT = 'CLOUDFLARE_ACCOUNT_ID';
/** Cloudflare's limit for one value. */
const MOST_BYTES = 5120;
/** Cloudflare's limit for secrets and vars of one Worker on the free plan. */
const MOST_VALUES = 64;
/** What opens a door has to be long: shorter ones count as missing. */
const DOORS: Readonly<Record<string, number>> = {
  ADMIN_PASSWORD: 12,
  API_KEY: 16,
  KAKAO_SKILL_TOKEN: 16,
  TELEGRAM_WEBHOOK_SECRET: 16,
  GITHUB_WEBHOOK_SECRET: 16,
  KAKAO_ADMIN_KEY: 16,
  TWITTER_API_SECRET: 16,
  TWITTER_CLIENT_SECRET: 16,
};
const SEVERAL_LINES = /^-----BEGIN [A-Z ]+-----\n[\s\S]+\n-----END [A-Z ]+-----\n?$/;

/** Reads the names the bot knows from the files that list them. */
export async function readKnownSettings(
  example: string,
  vars: Readonly<Record<string, string>>,
): Promise<KnownSettings> {
  const text = await readFile(example, 'utf8');
  const { values } = parseSettings(text);
  const names = [...text.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
  return {
    secrets: new Map(
      names.filter((name) => !(name in vars)).map((name) => [name, values.get(name) ?? '']),
    ),
    vars: new Set(Object.keys(vars)),
  };
}

/**
 * Sorts the owner's file into secrets and vars, and finds what would not work before anything is
 * sent. A blank value is no value: it leaves alone what the Worker has.
 */
export function readOwnerSettings(
  text: string,
  known: KnownSettings,
): { readonly settings: OwnerSettings; readonly problems: readonly FileProblem[] } {
  const { values, problems } = parseSettings(text);
  const found = [...problems];
  const secrets: Record<string, string> = {};
  const vars: Record<string, string> = {};
  for (const [name, value] of values) {
    if (name === ACCOUNT) continue;
    if (known.secrets.has(name)) secrets[name] = value;
    else if (known.vars.has(name)) vars[name] = value;
    else {
      const nearest = nearestName(name, [...known.secrets.keys(), ...known.vars]);
      found.push({
        ko: `${name}: 모르는 이름이에요${nearest ? `. ${nearest}인가요?` : ''}`,
        en: `${name}: not a setting of this bot${nearest ? `; did you mean ${nearest}?` : ''}`,
      });
      continue;
    }
    found.push(...valueProblems(name, value, known.secrets.get(name) ?? ''));
  }
  if (Object.keys(secrets).length + Object.keys(vars).length > MOST_VALUES) {
    found.push({
      ko: `값이 너무 많아요. 무료 플랜은 ${MOST_VALUES}개까지예요`,
      en: `too many values: the free plan takes ${MOST_VALUES}`,
    });
  }
  const accountId = values.get(ACCOUNT) ?? null;
  if (accountId !== null && !/^[0-9a-f]{32}$/.test(accountId)) {
    found.push({ ko: `${ACCOUNT}: 32자리 16진수예요`, en: `${ACCOUNT}: 32 hexadecimal digits` });
  }
  return { settings: { secrets, vars, accountId }, problems: found };
}

/** Why a value cannot be meant as it stands. Never quotes it: it may be a secret. */
export function valueProblems(name: string, value: string, placeholder: string): FileProblem[] {
  const problem = (ko: string, en: string): FileProblem[] => [
    { ko: `${name}: ${ko}`, en: `${name}: ${en}` },
  ];
  if (placeholder !== '' && value === placeholder) {
    return problem('보기에 있던 값 그대로예요', 'still the value of the example');
  }
  if (value !== value.trim()) return problem('앞이나 뒤에 빈칸이 있어요', 'blanks at an end');
  if (Buffer.byteLength(value) > MOST_BYTES) {
    return problem(`${MOST_BYTES}바이트보다 길어요`, `longer than ${MOST_BYTES} bytes`);
  }
  if (/\p{Cc}/u.test(value) && !SEVERAL_LINES.test(value)) {
    return problem('보이지 않는 글자나 줄바꿈이 있어요', 'control characters or line breaks');
  }
  const least = DOORS[name];
  if (least !== undefined && value.length < least) {
    return problem(
      `${least}자보다 짧아요. 이 값은 문을 여니까 길어야 해요`,
      `shorter than ${least} characters; it opens a door`,
    );
  }
  if (name === 'TOKEN_KEY' && !value.split(',').every(isKey)) {
    return problem(
      '32바이트를 base64로 적은 값이어야 해요 (openssl rand -base64 32)',
      '32 bytes in base64 (openssl rand -base64 32)',
    );
  }
  return [];
}

function isKey(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text.trim());
}

/** The known name that differs in two letters at the most. */
function nearestName(name: string, names: readonly string[]): string | undefined {
  const MOST_LETTERS = 2;
  return names
    .map((known) => ({ known, letters: distance(name, known) }))
    .filter(({ letters }) => letters <= MOST_LETTERS)
    .toSorted((one, other) => one.letters - other.letters)[0]?.known;
}

/** How many letters have to be changed, added or left out. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, wanted] of Array.from(other).entries()) {
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (row[column + 1] ?? 0) + 1,
          (row[column] ?? 0) + (letter === wanted ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
