import { MINUTE_MS } from '../../src/lib/time.ts';
import { createBrowser } from '../sandbox/node/browser.ts';
import { sandboxSecrets } from '../sandbox/secrets.ts';
import { type Machine, ORIGIN } from './machine.ts';

export type ChannelName = 'telegram' | 'kakao' | 'twitter';

/** Where each channel's messages go out, and what they need of others. */
export const hostsOf: Readonly<Record<ChannelName, readonly string[]>> = {
  telegram: ['api.telegram.org'],
  kakao: ['kapi.kakao.com', 'kauth.kakao.com'],
  twitter: ['api.x.com'],
};

/** Somebody who hears of things, and what their phone shows. */
export interface Listener {
  readonly channel: ChannelName;
  /** Their id on their platform. */
  readonly id: string;
  /** Names of the repositories they were promised news of. */
  readonly repositories: readonly string[];
  readonly hearsMenu: boolean;
  /** False when the person saw that it did not arrive. */
  readonly say: (text: string) => Promise<boolean>;
  /** News and answers, oldest first. */
  readonly heard: () => readonly Heard[];
  /** What the chat with the bot shows; on KakaoTalk news comes elsewhere. */
  readonly answers: () => readonly Heard[];
}

export interface Heard {
  readonly text: string;
  readonly at: number;
}

export interface Crowd {
  readonly telegram: number;
  readonly twitter: number;
  /** Fourteen at most: as many have an account at the sandbox's Kakao. */
  readonly kakao: number;
  readonly repositories: number;
}

const OWNER = 'soak';
const SLOT_MS = 30 * MINUTE_MS;

/** Connects the platforms and lets people register, each by talking, in good weather. */
export async function gather(machine: Machine, crowd: Crowd): Promise<readonly Listener[]> {
  const { world } = machine;
  const { telegram, kakao, x, github } = world;
  const reach = (request: Request) => machine.fetch(request);
  for (const platform of [x, kakao, telegram, github]) platform.reachBy(reach);
  telegram.connect(`${ORIGIN}/webhook/telegram`, sandboxSecrets.TELEGRAM_WEBHOOK_SECRET);
  kakao.connectSkill(`${ORIGIN}/skill`, sandboxSecrets.KAKAO_SKILL_TOKEN);
  kakao.app.bot.isLinked = true;
  await x.connect(reach, `${ORIGIN}/webhook/twitter`);
  // How fast somebody writes to the bot is not what this is about.
  x.limits.directMessages.per15Min = 500;
  x.limits.directMessages.perUserDay = 100_000;
  x.limits.directMessages.perAppDay = 100_000;

  const names = Array.from({ length: crowd.repositories }, (_, index) => {
    const name = `r${String(index + 1).padStart(3, '0')}`;
    github.addRepository({ owner: OWNER, name });
    return `${OWNER}/${name}`;
  });
  const some = (index: number) =>
    Array.from({ length: 1 + (index % 3) }, (_, nth) => names[(index * 3 + nth * 7) % names.length])
      .filter((name) => name !== undefined)
      .filter((name, at, all) => all.indexOf(name) === at);

  const listeners = [
    ...Array.from({ length: crowd.telegram }, (_, index) =>
      onTelegram(machine, some(index), index % 2 === 0),
    ),
    ...kakao.people
      .concat(kakao.friends)
      .slice(0, crowd.kakao)
      .map(({ id }, index) => onKakao(machine, id, some(index + 5))),
    ...Array.from({ length: crowd.twitter }, (_, index) => onX(machine, index, some(index + 9))),
  ];
  for (const [index, { id, channel, repositories, hearsMenu, say }] of listeners.entries()) {
    if (channel === 'kakao') await logInWithKakao(machine, id);
    for (const name of repositories) await say(`구독 ${name}`);
    if (hearsMenu) await say('메뉴 알림 켜기');
    if (index % 10 === 9) await machine.settle(world.clock.now() + 1000);
  }
  // What a lost message held up is found again by the crons of the next two hours.
  for (let slot = 0; slot < 4; slot++) {
    const at = Math.ceil((world.clock.now() + 1) / SLOT_MS) * SLOT_MS;
    await machine.settle(at);
    await machine.cron(at);
  }
  await machine.settle(world.clock.now() + SLOT_MS / 2);
  await holdToPromises(machine, listeners);
  return listeners;
}

/** Everybody is registered as they asked: else the run would prove nothing. */
async function holdToPromises({ query }: Machine, listeners: readonly Listener[]): Promise<void> {
  const wanted = listeners.reduce((sum, { repositories }) => sum + repositories.length, 0);
  const [row] = await query(`SELECT count(*) AS n FROM watches`);
  if (row?.['n'] !== wanted)
    throw new Error(`${String(row?.['n'])} of ${wanted} watches were registered`);
  const menu = listeners.filter((one) => one.hearsMenu && one.channel === 'telegram').length;
  // A login with Kakao asks for the menu as well.
  const [topics] = await query(
    `SELECT count(*) AS n FROM topics JOIN people ON people.id = topics.person
     WHERE topic = 'menu' AND is_on = 1 AND channel = 'telegram'`,
  );
  if (topics?.['n'] !== menu) throw new Error(`${String(topics?.['n'])} of ${menu} want the menu`);
}

function onTelegram(
  { world }: Machine,
  repositories: readonly string[],
  hearsMenu: boolean,
): Listener {
  const { telegram } = world;
  const { id } = telegram.addPerson({ name: '사람', language: 'ko' });
  const heard = () =>
    telegram
      .messages(id)
      .filter(({ from }) => from === 'bot')
      .map(({ text, at }) => ({ text, at }));
  return {
    channel: 'telegram',
    id: String(id),
    repositories,
    hearsMenu,
    say: (text) => telegram.say(id, text).then(() => true),
    heard,
    answers: heard,
  };
}

function onKakao({ world }: Machine, id: string, repositories: readonly string[]): Listener {
  const { kakao } = world;
  return {
    channel: 'kakao',
    id,
    repositories,
    hearsMenu: true,
    say: async (text) => (await kakao.say(id, text)).status === 200,
    heard: () => kakao.memo(id).map(({ template, at }) => ({ text: JSON.stringify(template), at })),
    answers: () =>
      kakao
        .chat(id)
        .filter(({ from }) => from === 'bot')
        .map(({ text, at }) => ({ text, at })),
  };
}

function onX({ world }: Machine, index: number, repositories: readonly string[]): Listener {
  const { x } = world;
  const id = String(1_800_000_000_000_000_000n + BigInt(index));
  x.people.push({ id, name: id, username: `reader_${index}`, language: 'ko' });
  const heard = () =>
    x
      .conversation(id)
      .filter(({ from }) => from === x.bot.id)
      .map(({ text, at }) => ({ text, at }));
  return {
    channel: 'twitter',
    id,
    repositories,
    hearsMenu: false,
    say: (text) => x.say(id, text).then(() => true),
    heard,
    answers: heard,
  };
}

async function logInWithKakao(machine: Machine, personId: string): Promise<void> {
  const browse = createBrowser(machine.fetch, ORIGIN);
  const started = await browse('/login/kakao', { 'sec-fetch-site': 'none' });
  const there = started.headers.get('location') ?? '';
  const back = await machine.world.kakao.logIn(there, personId);
  const done = await browse(back, { 'sec-fetch-site': 'cross-site' });
  if (done.status >= 400) throw new Error(`login with Kakao: ${done.status} ${await done.text()}`);
}
