import type { Text } from '../lib/text.ts';

/** What the owner reads about a setting. */
export interface About {
  /** What it is for, in a few words. */
  readonly what: Text;
  /** On which page of which console it is found; absent when the owner makes it up. */
  readonly where?: Text;
}

/** One value the owner may set, as a secret or a var of the Worker. */
export interface Setting<Value = unknown> {
  readonly name: string;
  readonly kind: 'secret' | 'var';
  /** As in wrangler.toml; blank when there is none. */
  readonly fallback: string;
  readonly about: About;
  /** A value the owner may copy, shown when theirs is not understood. */
  readonly example: string;
  /** The value of what is set; `undefined` when it cannot be one, `null` is not set. */
  readonly parse: (text: string | null) => Value | undefined;
  /** Fewest characters of a secret that opens a door: a shorter one counts as not set. */
  readonly shortest: number;
}

/** Settings of one room, and what the room makes of their values. */
export interface Settings<Values> {
  readonly list: readonly Setting[];
  /** @param env the Worker's bindings, under which the values are remembered */
  readonly valuesOf: (env: object, readOne: <Value>(setting: Setting<Value>) => Value) => Values;
}

type Declared = Readonly<Record<string, Setting>>;
type ValuesOf<Declarations extends Declared> = {
  readonly [Key in keyof Declarations]: Declarations[Key] extends Setting<infer Value>
    ? Value
    : never;
};

/** Fewest characters of a secret that opens a door. */
const DOOR_CHARACTERS = 16;

/**
 * The settings of a room.
 *
 * @param declared by the names the code uses
 * @param combine what the room's code works with, made from their values
 * @example const settings = settingsOf({ token: secret('TMDB_TOKEN', about) }, ({ token }) => ({ token }));
 */
export function settingsOf<const Declarations extends Declared, Values>(
  declared: Declarations,
  combine: (values: ValuesOf<Declarations>) => Values,
): Settings<Values> & { readonly declared: Declarations } {
  // The bindings of a Worker never change while it runs: read once per isolate.
  const known = new WeakMap<object, { readonly values: Values }>();
  return {
    declared,
    list: Object.values(declared),
    valuesOf: (env, readOne) => {
      const read = known.get(env) ?? { values: combine(valuesOfAll(declared, readOne)) };
      known.set(env, read);
      return read.values;
    },
  };
}

function valuesOfAll<Declarations extends Declared>(
  declared: Declarations,
  readOne: <Value>(setting: Setting<Value>) => Value,
): ValuesOf<Declarations> {
  const values: unknown = Object.fromEntries(
    Object.entries(declared).map(([key, setting]) => [key, readOne(setting)]),
  );
  if (!hasKeys(values, declared)) throw new TypeError('settings without their keys');
  return values;
}

/** Each key holds the value of the setting declared under it: what `Object.fromEntries` cannot say. */
function hasKeys<Declarations extends Declared>(
  values: unknown,
  declared: Declarations,
): values is ValuesOf<Declarations> {
  return (
    typeof values === 'object' &&
    values !== null &&
    Object.keys(declared).every((key) => key in values)
  );
}

/** A secret; `null` when it is not set. */
export function secret(
  name: string,
  about: About,
  { isPlain: mustBePlain = false, shortest = 0 }: SecretOptions = {},
): Setting<string | null> {
  return {
    ...base(name, 'secret', about),
    shortest,
    example: 'plain ASCII',
    parse: (text) => (mustBePlain && text !== null && !isPlain(text) ? undefined : text),
  };
}

interface SecretOptions {
  /** It goes into a header, which takes no other characters. */
  readonly isPlain?: boolean;
  readonly shortest?: number;
}

/** A secret that lets its bearer in: one that can be guessed counts as not set. */
export function doorSecret(
  name: string,
  about: About,
  options: SecretOptions = {},
): Setting<string | null> {
  return secret(name, about, { shortest: DOOR_CHARACTERS, ...options });
}

/** Free text; `null` when it is not set. */
export function word(name: string, about: About): Setting<string | null> {
  return { ...base(name, 'var', about), example: '', parse: (text) => text };
}

/** An address calls start with, without a slash at its end. */
export function address(name: string, fallback: string, about: About): Setting<string> {
  return {
    ...base(name, 'var', about),
    fallback,
    example: 'https://...',
    parse: (text) => {
      const url = text ?? fallback;
      return URL.canParse(url) ? withoutEndingSlashes(url) : undefined;
    },
  };
}

/** One of several words; the first is the default. */
export function choice<const Choice extends string>(
  name: string,
  choices: readonly [Choice, ...Choice[]],
  about: About,
): Setting<Choice> {
  return {
    ...base(name, 'var', about),
    fallback: choices[0],
    example: choices.join(' | '),
    parse: (text) => (text === null ? choices[0] : choices.find((known) => known === text)),
  };
}

/** `true` or `false`, which is the default. */
export function flag(name: string, about: About): Setting<boolean> {
  const { parse, ...rest } = choice(name, ['false', 'true'], about);
  return {
    ...rest,
    parse: (text) => {
      const chosen = parse(text);
      return chosen === undefined ? undefined : chosen === 'true';
    },
  };
}

/** Hosts between commas, in lower case. */
export function hosts(name: string, fallback: string, about: About): Setting<readonly string[]> {
  return {
    ...base(name, 'var', about),
    fallback,
    example: 'example.com,example.org',
    parse: (text) =>
      (text ?? fallback)
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ''),
  };
}

/** A var read in a way of its own; `parse` gives the default for `null`. */
export function variable<Value>(
  name: string,
  about: About,
  {
    fallback = '',
    example,
    parse,
  }: Pick<Setting<Value>, 'example' | 'parse'> & { readonly fallback?: string },
): Setting<Value> {
  return { ...base(name, 'var', about), fallback, example, parse };
}

function base(name: string, kind: Setting['kind'], about: About) {
  return { name, kind, about, fallback: '', shortest: 0 } as const;
}

/** Printable ASCII without spaces: good in a header. */
export function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}

function withoutEndingSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}
