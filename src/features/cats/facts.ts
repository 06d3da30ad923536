import * as v from 'valibot';
import { address, settingsOf } from '../../config/setting.ts';
import { jsonOf, send } from '../../lib/outbound.ts';
import type { Runtime } from '../../lib/runtime.ts';

/** Where cat facts come from. */
export const catSettings = settingsOf(
  {
    apiUrl: address('CATFACT_API_URL', 'https://catfact.ninja', {
      what: { ko: '고양이 이야기', en: 'cat facts' },
    }),
  },
  (values) => values,
);

/** The CatFactBot's own limit, in characters: asked of the service and checked on what it answers. */
const MAX_LENGTH = 150;
const LIMITS = { timeoutMs: 1500, maxBytes: 64 * 1024 };

const FactText = v.pipe(v.string(), v.transform(plain), v.minLength(1), v.maxLength(MAX_LENGTH));
const FactRow = v.object({ fact: FactText });
const FactPage = v.object({ data: v.array(FactRow) });

/**
 * English cat facts from catfact.ninja (`GET /fact`, `GET /facts`), each of one line and at most 150
 * characters.
 *
 * @param apiUrl the service's address without a slash at the end
 * @param count how many, at least 1
 * @param contact the owner's address for the User-Agent (Workers send none by themselves)
 * @returns exactly `count` facts, or `null` when the service does not give them in 1.5 seconds: tell
 *   bundled facts then
 */
export async function fetchEnglishFacts({
  runtime,
  apiUrl,
  count,
  contact,
}: {
  readonly runtime: Pick<Runtime, 'fetch'>;
  readonly apiUrl: string;
  readonly count: number;
  readonly contact: string;
}): Promise<string[] | null> {
  const path = count === 1 ? 'fact?' : `facts?limit=${count}&`;
  const request = new Request(`${apiUrl}/${path}max_length=${MAX_LENGTH}`, {
    headers: { accept: 'application/json', 'user-agent': `soshik (+${contact})` },
  });
  const answer = await send(runtime, request, LIMITS);
  if ('failed' in answer || answer.status !== 200) return null;
  const texts = count === 1 ? oneOf(jsonOf(answer)) : severalOf(jsonOf(answer));
  return texts.length === count ? texts : null;
}

function oneOf(body: unknown): string[] {
  const row = v.safeParse(FactRow, body);
  return row.success ? [row.output.fact] : [];
}

function severalOf(body: unknown): string[] {
  const page = v.safeParse(FactPage, body);
  return page.success ? page.output.data.map((row) => row.fact) : [];
}

/** One line without control, invisible or broken characters. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

/** Facts of src/assets/catfacts.json that are told when the file cannot be read. */
export const spareFacts: readonly Fact[] = [
  {
    id: 'tiger-cousin',
    ko: '집고양이와 호랑이의 유전체는 95.6퍼센트가 비슷해요.',
    en: 'The genomes of house cats and tigers are 95.6 percent similar.',
  },
  {
    id: 'slow-blink',
    ko: '고양이를 보며 눈을 천천히 깜빡여 보세요. 고양이도 눈을 가늘게 뜨거나 깜빡여 줄 때가 많아요.',
    en: 'Try blinking slowly at a cat: cats often narrow their eyes or blink in return.',
  },
  {
    id: 'own-name',
    ko: '집고양이는 제 이름을 비슷하게 들리는 다른 낱말과 구별할 줄 알아요.',
    en: 'House cats can tell their own name from other words that sound much like it.',
  },
  {
    id: 'wrist-whiskers',
    ko: '고양이는 얼굴뿐 아니라 앞다리 뒤쪽에도 수염이 나 있어요.',
    en: 'Cats have whiskers not only on the face but also on the back of their front legs.',
  },
  {
    id: 'walks-on-toes',
    ko: '고양이는 발가락으로 서서 걸어요. 뒤꿈치는 땅에 닿지 않고 뒷다리 중간쯤에 떠 있어요.',
    en: 'Cats walk on their toes. Their heels stay off the ground, well up the hind legs.',
  },
  {
    id: 'no-sweet-taste',
    ko: '고양이는 단맛을 느끼지 못해요. 단맛 수용체를 만드는 유전자 하나가 망가져 있거든요.',
    en: 'Cats cannot taste sweetness: one of the genes behind the sweet receptor no longer works in them.',
  },
  {
    id: 'calico-girls',
    ko: '삼색 고양이는 거의 다 암컷이에요. 주황 털을 정하는 유전자가 X 염색체에 있거든요.',
    en: 'Nearly all calico cats are female, because the gene for orange fur sits on the X chromosome.',
  },
  {
    id: 'cat-day',
    ko: '8월 8일은 세계 고양이의 날이에요. 2002년 국제동물복지기금이 시작했어요.',
    en: 'International Cat Day is on 8 August. The International Fund for Animal Welfare began it in 2002.',
  },
];

const FILE_LIMITS = { timeoutMs: 1000, maxBytes: 256 * 1024 };

const FileRow = v.object({ id: v.string(), ko: v.string(), en: v.string() });
const FactFile = v.pipe(v.array(FileRow), v.minLength(1));

type Assets = Pick<Fetcher, 'fetch'>;

/** Each isolate has one binding and reads the file once by it. */
const read = new WeakMap<Assets, readonly Fact[]>();

/**
 * Every cat fact that the bot tells without asking anyone (src/assets/catfacts.json, which also says
 * who vouches for each), or the spare ones when that file cannot be read.
 *
 * @param assets the Worker's static assets
 */
export async function readFacts(assets: Assets): Promise<readonly Fact[]> {
  const known = read.get(assets);
  if (known) return known;
  // The binding looks at the path only.
  const request = new Request('https://assets.invalid/catfacts.json');
  const answer = await send({ fetch: (sent) => assets.fetch(sent) }, request, FILE_LIMITS);
  if ('failed' in answer || answer.status !== 200) return spareFacts;
  const file = v.safeParse(FactFile, jsonOf(answer));
  if (!file.success) return spareFacts;
  read.set(assets, file.output);
  return file.output;
}

/** How many told facts are remembered, half of all: a fact comes again after that many others. */
const REMEMBERED = 52;

/**
 * Draws distinct facts at random, each with the same chance, none of which is among `recent`. When
 * too few are left, those told longest ago follow at the end, so that the very last one told never
 * comes first.
 *
 * @param facts the corpus
 * @param count how many, at least 1; the whole corpus is given when it holds fewer
 * @param recent ids of the facts told last, newest last, as `remember` keeps them
 */
export function pickFacts({
  facts,
  count,
  recent,
  randomBytes,
}: {
  readonly facts: readonly Fact[];
  readonly count: number;
  readonly recent: readonly string[];
  readonly randomBytes: Runtime['randomBytes'];
}): Fact[] {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`Cannot pick ${count} facts`);
  const fresh = facts.filter((fact) => !recent.includes(fact.id));
  const told = facts
    .filter((fact) => recent.includes(fact.id))
    .toSorted((a, b) => recent.lastIndexOf(a.id) - recent.lastIndexOf(b.id));
  return [...draw(fresh, count, randomBytes), ...told].slice(0, count);
}

/**
 * The ids to remember for a person after `told` were told, newest last; at most 52, each once.
 */
export function remember(recent: readonly string[], told: readonly string[]): string[] {
  return [...new Set([...recent, ...told].toReversed())].slice(0, REMEMBERED).toReversed();
}

/** Up to `count` of the values in random order. */
function draw<Value>(
  values: readonly Value[],
  count: number,
  randomBytes: Runtime['randomBytes'],
): Value[] {
  const left = [...values];
  const drawn: Value[] = [];
  while (drawn.length < count && left.length > 0) {
    drawn.push(...left.splice(randomBelow(left.length, randomBytes), 1));
  }
  return drawn;
}

/** A whole number from 0 to `bound` - 1. Numbers that would favour the low ones are drawn again. */
function randomBelow(bound: number, randomBytes: Runtime['randomBytes']): number {
  const fair = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const bytes = randomBytes(4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    if (drawn < fair) return drawn % bound;
  }
}

/** A cat fact: the same statement in both languages. */
export interface Fact {
  /** Short, stable and unique: what people were told is remembered under it. */
  readonly id: string;
  readonly ko: string;
  readonly en: string;
}
