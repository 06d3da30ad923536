import * as v from 'valibot';
import { expect } from 'vitest';
import { type Operation, operations } from './operations.ts';

/** A request as it left the bot; a body that nobody reads here is `undefined`. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly type: string | null;
  readonly text?: string;
  readonly fields?: Readonly<Record<string, string>>;
}

const patterns = operations.map((operation) => ({
  operation,
  // A path without a variable comes before one with a variable in its place.
  variables: operation.path.split('{').length,
  pattern: new RegExp(
    `^${operation.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[0-9]{1,19}')}$`,
  ),
}));
patterns.sort((one, other) => one.variables - other.variables);

const found: string[] = [];

/** What of a request X does not describe; empty when all is well. */
export function faultsOf(call: Call): string[] {
  const url = new URL(call.url);
  const name = `${call.method} ${url.pathname}`;
  const operation = patterns.find(
    ({ operation: one, pattern }) => one.method === call.method && pattern.test(url.pathname),
  )?.operation;
  if (!operation) return [`${name} is not described`];
  const query = Object.fromEntries(url.searchParams);
  return [
    ...faults(operation.query ?? v.strictObject({}), query, 'query'),
    ...bodyFaults(operation, call),
  ].map((fault) => `${name}: ${fault}`);
}

/** Holds a request to what X describes: `expectDescribed` fails for what is found here. */
export function holdToDescription(call: Call): void {
  found.push(...faultsOf(call));
}

/** Every request that was held so far is one that X describes. */
export function expectDescribed(): void {
  expect([...new Set(found.splice(0))]).toEqual([]);
}

function bodyFaults(operation: Operation, { type, text, fields }: Call): string[] {
  const { json, form, multipart } = operation;
  const media = type?.split(';')[0]?.trim().toLowerCase();
  if (media === undefined || media === '') {
    if (json ?? multipart) return ['a body is missing'];
    return form ? faults(form, {}, 'body') : text ? ['no body is described'] : [];
  }
  if (media === 'application/json' && json)
    return text === undefined ? [] : faults(json, JSON.parse(text), 'body');
  if (media === 'application/x-www-form-urlencoded' && form) {
    return text === undefined
      ? []
      : faults(form, Object.fromEntries(new URLSearchParams(text)), 'body');
  }
  if (media === 'multipart/form-data' && multipart)
    return fields ? faults(multipart, fields, 'body') : [];
  return [`a body of ${media} is not described`];
}

function faults(schema: v.GenericSchema, value: unknown, where: string): string[] {
  const parsed = v.safeParse(schema, value);
  return (parsed.issues ?? []).map(
    (issue) => `${where} ${v.getDotPath(issue) ?? ''} ${issue.message}`,
  );
}
