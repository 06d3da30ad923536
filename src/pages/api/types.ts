import type { Bot } from '../../bot/context.ts';
import type { Language } from '../../lib/time.ts';
import type { Text } from '../../ui/language.ts';
import type { SchemaName } from './schemas.ts';

/** The seed's parameters, and `options`. */
export type FieldName =
  | 'id'
  | 'fav_repository'
  | 'nick_name'
  | 'type'
  | 'branch'
  | 'options'
  | 'repo';

/** Every parameter as a trimmed text; empty when it was not given. */
export type Fields = Readonly<Record<FieldName, string>>;

export interface Field {
  readonly name: FieldName;
  readonly about: Text;
  readonly example: string;
  readonly isRequired: boolean;
}

export interface ApiAnswer {
  readonly status: number;
  /** JSON. */
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
  /** In the order in which they are checked. */
  readonly fields: readonly Field[];
  /** Where the fields are: `either` is the query or, when there is one, the body. */
  readonly from: 'query' | 'body' | 'either';
  /** What a 200 holds. */
  readonly gives: SchemaName;
  /** Statuses beside 200 and those of every call. */
  readonly problems: readonly number[];
  readonly run: (request: ApiRequest) => Promise<ApiAnswer>;
}
