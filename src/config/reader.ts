import type { Text } from '../lib/text.ts';
import type { Setting, Settings } from './setting.ts';

/** Whether a part of the bot works, and if not, what the owner has to do about it. */
export type FeatureState =
  | { readonly state: 'on' }
  | { readonly state: 'off'; readonly missing: readonly string[] }
  | { readonly state: 'failing'; readonly reason: string; readonly since?: string };

/** A part of the bot as `/healthz` and `/admin` name it. */
export interface FeatureRule {
  readonly id: string;
  readonly name: Text;
  /** What the settings alone tell of it. Absent: it is there while its feature uses it as a source. */
  readonly state?: (reader: Reader) => FeatureState;
  /** Where the owner can do something about it; absent: the page that looks for faults. */
  readonly page?: AdminPath;
  /** How it is switched on with less work than by settings: on `page`. */
  readonly easier?: Text;
}

/** One of the owner's pages by its path. */
export type AdminPath = '/admin' | `/admin/${string}`;

/** The sum of what the rooms declare. */
export interface Book {
  readonly settings: readonly Setting[];
  readonly parts: readonly FeatureRule[];
}

/** The owner's settings, as the Worker's secrets and vars have them. */
export interface Reader {
  /** What a room makes of its settings. */
  readonly read: <Values>(settings: Settings<Values>) => Values;
  /** Names of those that are not set. */
  readonly missing: (...settings: readonly Setting[]) => string[];
  /** One line for each that has a value it cannot have: its name and an example. */
  readonly problems: (settings: readonly Setting[]) => string[];
}

const readers = new WeakMap<object, Reader>();

/**
 * Reads settings from the Worker's bindings. A blank value counts as not set, and so does a secret
 * that opens a door and is short enough to be guessed; a var with a value it cannot have counts as
 * its default and is among the `problems`.
 *
 * @param env anything in it that is not a string is ignored
 */
export function readerOf(env: object): Reader {
  const reader = readers.get(env) ?? createReader(env);
  readers.set(env, reader);
  return reader;
}

function createReader(env: object): Reader {
  const texts = new Map<string, unknown>(Object.entries(env));
  const textOf = ({ name, shortest }: Setting): string | null => {
    const text = texts.get(name);
    if (typeof text !== 'string') return null;
    const trimmed = text.trim();
    return trimmed === '' || trimmed.length < shortest ? null : trimmed;
  };
  const readOne = <Value>(setting: Setting<Value>): Value => {
    const value = setting.parse(textOf(setting)) ?? setting.parse(null);
    if (value === undefined) throw new TypeError(`${setting.name} has no default`);
    return value;
  };
  return {
    read: (settings) => settings.valuesOf(env, readOne),
    missing: (...settings) =>
      settings.filter((setting) => textOf(setting) === null).map(({ name }) => name),
    problems: (settings) =>
      settings
        .filter((setting) => setting.parse(textOf(setting)) === undefined)
        .map(({ name, example }) => `${name}: ${example}`),
  };
}

/** A part that is on once all of these are set. */
export function needs(...settings: readonly Setting[]): NonNullable<FeatureRule['state']> {
  return ({ missing }) => stateOf(missing(...settings));
}

/** On, or off as long as something is missing. */
export function stateOf(missing: readonly string[]): FeatureState {
  return missing.length === 0 ? { state: 'on' } : { state: 'off', missing };
}
