import { say, type Text } from '../lib/text.ts';
import type { Language } from '../lib/time.ts';
import type { Bot } from './context.ts';

/** The seed's parameters, and those that came later. */
export type FieldName =
  | 'id'
  | 'fav_repository'
  | 'nick_name'
  | 'type'
  | 'branch'
  | 'options'
  | 'code'
  | 'repo'
  | 'list'
  | 'stars'
  | 'preview';

/** A list of repositories, in characters. */
export const LONGEST_LIST = 30_000;

/** Every parameter as a trimmed text; empty when it was not given. */
export type Fields = Readonly<Record<FieldName, string>>;

export interface Field {
  readonly name: FieldName;
  readonly about: Text;
  readonly example: string;
  readonly isRequired: boolean;
  /** So many characters it may have, in several lines; absent: 2,000 in one. */
  readonly most?: number;
}

/** JSON Schema (2020-12) as far as it is needed here. */
export type Schema = Readonly<Record<string, unknown>>;

/** What a call answers. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A call whose key is right and whose required fields are filled in. */
export interface ApiRequest {
  readonly bot: Bot;
  readonly fields: Fields;
  /** Of the messages. */
  readonly language: Language;
}

/** What can be called: the routes, their description and the page to try them are made of this. */
export interface ApiCall {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With the trailing slash, which may be left out. */
  readonly path: string;
  readonly about: Text;
  /** A GET that changes something all the same: a key that may only look does not open it. */
  readonly consumes?: true;
  /** In the order in which they are checked. */
  readonly fields: readonly Field[];
  /** Where the fields are: `either` is the query or, when there is one, the body. */
  readonly from: 'query' | 'body' | 'either';
  /** What a 200 holds: the description tells its schema once, under this name. */
  readonly gives: { readonly name: string; readonly schema: Schema };
  /** Statuses beside 200 and those of every call, and what they mean. */
  readonly problems: Readonly<Record<number, Text>>;
  readonly run: (request: ApiRequest) => Promise<ApiAnswer>;
}

/** What the seed says of a call that worked. */
export const DONE: Text = { ko: '정상적으로 api 호출 완료', en: 'Done.' };

/** A success: `code` and `message`, and the call's own members beside them. */
export function done(
  language: Language,
  members: Readonly<Record<string, unknown>> = {},
  message: Text = DONE,
): ApiAnswer {
  return { status: 200, body: { code: 200, message: message[language], ...members } };
}

/** A refusal in the seed's form. */
export function problem(
  status: number,
  message: Text,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): ApiAnswer {
  return { status, body: { code: status, message: say(message, language, values) } };
}

/** Schema of a JSON object whose members, but for the last ones, are always there. */
export function objectSchema(
  members: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    required: Object.keys(members),
    properties: { ...members, ...optional },
  };
}

/** Schema of a success in the seed's form: nothing else is in it. */
export function answerSchema(
  members: Readonly<Record<string, Schema>> = {},
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  const message: Schema = { type: 'string' };
  const whole = objectSchema({ code: { const: 200 }, message, ...members }, optional);
  return { ...whole, additionalProperties: false };
}
