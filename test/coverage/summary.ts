interface Place {
  readonly start: { readonly line: number };
}

/** What istanbul counted in a file, by its own numbers. */
export interface FileCoverage {
  readonly statementMap: Readonly<Record<string, Place>>;
  readonly s: Readonly<Record<string, number>>;
  readonly b: Readonly<Record<string, readonly number[]>>;
}

interface Count {
  readonly reached: number;
  readonly all: number;
}

export interface Summary {
  readonly lines: Count;
  readonly branches: Count;
  /** Numbers of the lines that no test reaches. */
  readonly missing: readonly number[];
}

/** A line is reached when one of the statements that begin on it is. */
export function summaryOf({ statementMap, s, b }: FileCoverage): Summary {
  const lines = new Map<number, number>();
  for (const [id, { start }] of Object.entries(statementMap)) {
    lines.set(start.line, Math.max(lines.get(start.line) ?? 0, s[id] ?? 0));
  }
  const missing = [...lines].filter(([, times]) => times === 0).map(([line]) => line);
  const ways = Object.values(b).flat();
  return {
    lines: { reached: lines.size - missing.length, all: lines.size },
    branches: { reached: ways.filter((times) => times > 0).length, all: ways.length },
    missing: missing.toSorted((one, other) => one - other),
  };
}

/** What several files have together. */
export function sum(those: readonly Summary[]): Omit<Summary, 'missing'> {
  const total = (of: 'lines' | 'branches'): Count => ({
    reached: those.reduce((count, one) => count + one[of].reached, 0),
    all: those.reduce((count, one) => count + one[of].all, 0),
  });
  return { lines: total('lines'), branches: total('branches') };
}

/** `3, 7-9` */
export function lineRanges(lines: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
}
