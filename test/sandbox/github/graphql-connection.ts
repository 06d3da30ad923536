import type { Arguments, Fields } from './graphql-fields.ts';

/** A part of a list as `first` and `after`, or `last` and `before`, ask for. */
export function connection<Item>(
  list: readonly Item[],
  args: Arguments,
  toFields: (item: Item) => Fields,
): Fields {
  const start = typeof args['after'] === 'string' ? place(args['after']) + 1 : 0;
  const end = typeof args['before'] === 'string' ? place(args['before']) : list.length;
  const { first, last } = args;
  const from = typeof last === 'number' ? Math.max(start, end - last) : start;
  const until = typeof first === 'number' ? Math.min(end, from + first) : end;
  const shown = list.slice(from, until).map(toFields);
  return {
    totalCount: list.length,
    nodes: shown,
    edges: shown.map((node, index) => ({ cursor: cursorAt(from + index), node })),
    pageInfo: {
      startCursor: shown.length > 0 ? cursorAt(from) : null,
      endCursor: shown.length > 0 ? cursorAt(from + shown.length - 1) : null,
      hasNextPage: until < list.length,
      hasPreviousPage: from > 0,
    },
  };
}

function cursorAt(index: number): string {
  return btoa(`cursor:${index}`);
}

function place(cursor: string): number {
  try {
    return Number(/^cursor:(\d+)$/.exec(atob(cursor))?.[1] ?? -1);
  } catch {
    return -1;
  }
}
