import { quiet, quietVocabulary } from './bot/announce/quiet.ts';
import type { Bot, Mailer } from './bot/context.ts';
import type { Channels } from './bot/outbox/channel.ts';
import { owner, ownerVocabulary } from './bot/owner/intent.ts';
import { choose } from './bot/talk/grammar/choose.ts';
import { parse } from './bot/talk/grammar/parse.ts';
import { generalIntents } from './bot/talk/intents.ts';
import type { TalkBook } from './bot/talk/types.ts';
import { lexiconOf, understand } from './bot/talk/understand.ts';
import { coreFeatures, coreSettings } from './config/core.ts';
import { type Book, type FeatureState, type Reader, readerOf } from './config/reader.ts';
import { features } from './features/table.ts';
import { once } from './lib/once.ts';
import type { Runtime } from './lib/runtime.ts';
import { platforms } from './platforms/table.ts';
import { createSealer, createSigner } from './store/sealed.ts';

/** All rooms there are. */
export const rooms = { platforms, features } as const;

const declaring = [{ settings: coreSettings, parts: coreFeatures }, ...platforms, ...features];
const talking = [...features, ...platforms];

/** The book of settings: all that the rooms declare. */
export const book: Book = {
  settings: declaring.flatMap(({ settings }) => settings?.list ?? []),
  parts: declaring.flatMap(({ parts = [] }) => parts),
};

/** All that can be said to the bot. */
export const talkBook: TalkBook = {
  intents: [
    owner,
    quiet,
    ...generalIntents.first,
    ...talking.flatMap(({ intents = [] }) => intents),
    ...generalIntents.last,
  ],
  vocabularies: [
    ownerVocabulary,
    quietVocabulary,
    ...talking.flatMap(({ vocabulary = [] }) => vocabulary),
  ],
  parse: async (bot, person, said) => (await understand(bot, person, said)).utterance,
};

// A first sentence is parsed while the Worker starts, which counts towards no request's time: the
// lexicon and all that is made once is ready for whoever speaks first.
const finders = talkBook.vocabularies.flatMap(({ finders: own = [] }) => own);
const first = parse('/menu 12/3 github.com/a/b', lexiconOf(talkBook.vocabularies), finders);
choose(first, talkBook.intents);

/**
 * Puts the bot together from the Worker's bindings: the one place that knows all its parts. What an
 * invocation does not ask for is not made.
 *
 * @param requestUrl of the request at hand; where `PUBLIC_URL` is not set, it tells the public address
 */
export function wire(env: Env, runtime: Runtime, requestUrl?: string): Bot {
  const reader = readerOf(env);
  const config = reader.read(coreSettings);
  const sealer = once(() => createSealer(runtime, config.tokenKey));
  const signer = once(() => createSigner(runtime, config.tokenKey));
  const states = once(() => statesOf(reader));
  const publicUrl = once(
    () => config.publicUrl ?? (requestUrl === undefined ? null : new URL(requestUrl).origin),
  );
  // A function, not a spread of another bot: that would make at once what nobody has asked for yet.
  const botOf = (asker?: Bot['asker']): Bot => ({
    config,
    read: reader.read,
    book,
    get states() {
      return states();
    },
    runtime,
    talk: talkBook,
    db: env.DB,
    media: env.MEDIA,
    assets: env.ASSETS,
    events: env.EVENTS,
    polls: env.POLLS,
    deliveries: env.DELIVERIES,
    mailer: mailerOf(env),
    get publicUrl() {
      return publicUrl();
    },
    keeperOf: (account) => env.TOKEN_KEEPER.getByName(account),
    sealer: async () => {
      const made = await sealer();
      return made.ok ? made.value : null;
    },
    signer: async () => {
      const made = await signer();
      return made.ok ? made.value : null;
    },
    tokenKeyProblem: async () => {
      const made = await sealer();
      return made.ok ? null : { reason: made.reason, position: made.position };
    },
    ...(asker && { asker }),
    askedBy: ({ channel, address }) => botOf({ channel, address }),
    ...rooms,
    get channels() {
      return channels();
    },
  });
  const bot = botOf();
  const channels = once(() => channelsOf(bot));
  return bot;
}

/** The channels that are set up: those of a platform are made when one of them is asked for. */
function channelsOf(bot: Bot): Channels {
  const speakers = platforms.map(({ channels, speakers: speak }) => ({
    ids: channels.map(({ id }) => id),
    speak: once(() => speak?.(bot) ?? []),
  }));
  const get = (wanted: string) =>
    speakers
      .find(({ ids }) => ids.includes(wanted))
      ?.speak()
      .find(({ id }) => id === wanted);
  const all = () => speakers.flatMap(({ speak }) => speak());
  return {
    get,
    has: (id) => get(id) !== undefined,
    keys: () => all().map(({ id }) => id),
    values: all,
  };
}

/** The binding is not in wrangler.toml: `npm run deploy` adds it for who sets OWNER_MAIL. */
function mailerOf(env: object): Mailer | null {
  const binding: unknown = Reflect.get(env, 'MAIL');
  return isMailer(binding) ? binding : null;
}

function isMailer(binding: unknown): binding is Mailer {
  return (
    typeof binding === 'object' &&
    binding !== null &&
    typeof Reflect.get(binding, 'send') === 'function'
  );
}

/** What the settings alone tell of each part of the bot. */
function statesOf(reader: Reader): Readonly<Record<string, FeatureState>> {
  const problems = reader.problems(book.settings);
  return {
    settings:
      problems.length === 0
        ? { state: 'on' }
        : { state: 'failing', reason: `not understood: ${problems.join('; ')}` },
    ...Object.fromEntries(
      book.parts.flatMap(({ id, state }) => (state ? [[id, state(reader)] as const] : [])),
    ),
  };
}
