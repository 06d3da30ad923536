import type { Bot } from '../../../src/bot/context.ts';
import type { Channel, Message, Outcome } from '../../../src/bot/outbox/channel.ts';
import { wire } from '../../../src/wire.ts';
import { type Browser, createBrowser } from '../../pages/admin/desk.ts';
import type { SandboxClock } from '../../sandbox/clock.ts';
import type { Faults } from '../../sandbox/faults.ts';
import type { KakaoSandbox, LoginChoice } from '../../sandbox/kakao/sandbox.ts';
import type { RecordedRequest } from '../../sandbox/world.ts';
import { createHarness, type Harness, START } from '../../worker/harness.ts';

export const ORIGIN = 'https://soshik.example';

type Vars = Readonly<Record<string, string | undefined>>;

/** The whole Worker, looked at from Kakao's side. */
export interface KakaoDesk {
  readonly harness: Harness;
  readonly kakao: KakaoSandbox;
  readonly clock: SandboxClock;
  readonly faults: Faults;
  readonly env: Env;
  /** What cron and queue work with: no request tells the Worker's address. */
  readonly ctx: Bot;
  readonly talk: Channel;
  /** Requests to Kakao, as `POST /oauth/token`. */
  readonly calls: readonly string[];
  /** Access and refresh tokens in the order they were used. */
  readonly tokens: { readonly access: readonly string[]; readonly refresh: readonly string[] };
  /** A request from outside. */
  fetch(request: Request): Promise<Response>;
}

export async function createKakaoDesk(vars: Vars = {}): Promise<KakaoDesk> {
  const harness = await createHarness(vars);
  const { world, env, runtime } = harness;
  const fetch = (request: Request) => harness.fetch(request);
  world.kakao.reachBy(fetch);
  const bot = wire(env, runtime);
  const talk = bot.channels.get('kakaotalk') ?? { id: 'kakaotalk', send: () => noChannel() };
  const toKakao = () => world.requests.filter(({ url }) => new URL(url).host.endsWith('kakao.com'));
  return {
    harness,
    kakao: world.kakao,
    clock: world.clock,
    faults: world.faults,
    env,
    ctx: bot,
    talk,
    get calls() {
      return toKakao().map(({ method, url }) => `${method} ${new URL(url).pathname}`);
    },
    get tokens() {
      return {
        access: toKakao().flatMap(({ headers }) => headers['authorization']?.slice(7) ?? []),
        refresh: toKakao().flatMap((request) => fieldOf(request, 'refresh_token') ?? []),
      };
    },
    fetch,
  };
}

function noChannel(): Promise<Outcome> {
  throw new Error('the channel kakaotalk is not configured');
}

function fieldOf({ body }: RecordedRequest, name: string): string | null {
  return new URLSearchParams(new TextDecoder().decode(body)).get(name);
}

/** What came of walking through a login as a person would. */
export interface WalkedLogin {
  readonly browser: Browser;
  /** Answer to the callback. */
  readonly back: Response;
}

/** Follows our login to Kakao, presses its buttons, and comes back. */
export async function walkLogin(
  desk: KakaoDesk,
  personId: string,
  options: LoginChoice & { readonly path?: string; readonly browser?: Browser } = {},
): Promise<WalkedLogin> {
  const { path = '/login/kakao', browser = createBrowser(desk), ...choice } = options;
  const started = await browser.get(path, { 'sec-fetch-site': 'none' });
  const there = started.headers.get('location');
  if (there === null) throw new Error(`no login: ${started.status} ${await started.text()}`);
  const target = await desk.kakao.logIn(there, personId, choice);
  const back = await browser.get(target, { 'sec-fetch-site': 'cross-site' });
  return { browser, back };
}

/** A form of the page a person is on; the answer. */
export async function pressOn(
  browser: Browser,
  action: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const page = await browser.page('/login/kakao/news');
  const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  return browser.post(`/login/kakao/${action}`, { ...fields, csrf });
}

/** Says a text by KakaoTalk. */
export async function tell(
  desk: Pick<KakaoDesk, 'talk'>,
  address: string,
  message: Partial<Message> = {},
): Promise<Outcome> {
  return desk.talk.send({
    id: 'message-1',
    account: '',
    address,
    notice: { kind: 'text', language: 'ko', text: '점심이에요', suggestions: [], links: [] },
    uncertain: false,
    ...message,
  });
}

/** One of the sandbox's two people. */
export function personOf(desk: KakaoDesk, language: 'ko' | 'en' = 'ko'): string {
  const person = desk.kakao.people.find((one) => one.language === language);
  if (!person) throw new Error(`nobody reads ${language}`);
  return person.id;
}

/** The texts in a person's chat with themselves. */
export function memos(desk: KakaoDesk, personId: string): unknown[] {
  return desk.kakao.memo(personId).map(({ template }) => template['text']);
}

/** A person who chats with the bot elsewhere. */
export async function meetChat(
  desk: KakaoDesk,
  channel: 'telegram' | 'twitter' | 'kakao',
  address: string,
): Promise<number> {
  const row = await desk.env.DB.prepare(
    `INSERT INTO people (channel, address, account, language, created_at)
     VALUES (?1, ?2, '', 'ko', ?3) RETURNING id`,
  )
    .bind(channel, address, START)
    .first<number>('id');
  if (row === null) throw new Error('nobody was added');
  return row;
}

/** Where a person's news goes now: `channel address`, or null for nowhere. */
export async function routeOf(desk: KakaoDesk, person: number): Promise<string | null> {
  return desk.env.DB.prepare(
    `SELECT channel || ' ' || address AS route FROM routes WHERE person = ?1`,
  )
    .bind(person)
    .first<string>('route');
}

/** What waits to be told, as `channel address: text`. */
export async function waiting(desk: KakaoDesk): Promise<string[]> {
  const { results } = await desk.env.DB.prepare(
    `SELECT channel || ' ' || address || ': ' || (notice->>'$.text') AS line
     FROM deliveries ORDER BY id`,
  ).all<{ line: string }>();
  return results.map(({ line }) => line);
}

/** The login's row: its state and why. */
export async function loginState(desk: KakaoDesk, id: string): Promise<string | null> {
  return desk.env.DB.prepare(
    `SELECT state || ifnull(' ' || reason, '') AS state FROM kakao_logins WHERE id = ?1`,
  )
    .bind(id)
    .first<string>('state');
}
