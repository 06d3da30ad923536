/** One of those that do the same work. */
export interface Entry {
  readonly name: string;
  /** One number a run; empty where it could not be measured. */
  readonly samples: readonly number[];
  /** Of the same runs, what only a look at the clock tells. */
  readonly byClock?: readonly number[];
  /** Why there are no samples, or what has to be known of them. */
  readonly note?: string;
}

/** A share of another's number that ours is to reach, or a number of its own. */
export interface Target {
  readonly of?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Comparison {
  readonly work: string;
  readonly unit: string;
  /** Decimals shown. */
  readonly digits?: number;
  /** Ours is the first. */
  readonly entries: readonly Entry[];
  readonly targets?: readonly Target[];
  /** The entries are parts of ours, which no share compares. */
  readonly isOfParts?: boolean;
  /** What was measured, in a sentence or two. */
  readonly how: string;
}

/** The middle one; NaN of none. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** A comparison as a part of a Markdown document. */
export function markdown(comparison: Comparison): string {
  const { work, unit, entries, how, digits = 0 } = comparison;
  const [ours] = entries;
  const shown = (samples: readonly number[]) =>
    samples.length === 0 ? '-' : number(median(samples), digits);
  const spread = (samples: readonly number[]) =>
    samples.length < 2
      ? '-'
      : `${number(Math.min(...samples), digits)}..${number(Math.max(...samples), digits)}`;
  const columns: readonly (readonly [head: string, cell: (entry: Entry) => string])[] = [
    ['who', ({ name }) => name],
    [unit, ({ samples }) => shown(samples)],
    ['min..max', ({ samples }) => spread(samples)],
    ['by the clock', ({ byClock = [] }) => shown(byClock)],
    ['ours to this', (entry) => (entry === ours ? '' : share(ours, entry))],
    ['note', ({ note = '' }) => note],
  ];
  const told = columns.filter(([head, cell]) => {
    if (head === 'ours to this') return comparison.isOfParts !== true;
    return entries.some((entry) => !['', '-'].includes(cell(entry)));
  });
  const lines = entries.map((entry) => told.map(([, cell]) => cell(entry)));
  const heads = told.map(([head]) => head);
  const verdicts = (comparison.targets ?? []).map((target) => verdict(comparison, target));
  return [`### ${work}`, how, table(heads, lines), ...verdicts].join('\n\n');
}

/** A table of Markdown, its columns aligned for whoever reads it as it is. */
export function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(3, head.length, ...lines.map((line) => (line[column] ?? '').length)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [row(heads), rule, ...lines.map(row)].join('\n');
}

/** `12,345.6` */
export function number(value: number, digits = 0): string {
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function share(ours: Entry | undefined, other: Entry): string {
  const ratio = median(ours?.samples ?? []) / median(other.samples);
  return Number.isNaN(ratio) ? '-' : `${number(ratio, 2)} x`;
}

/** Whether a target is reached, and by how much not. */
function verdict({ entries, unit, digits = 0 }: Comparison, target: Target): string {
  const ours = median(entries[0]?.samples ?? []);
  const other = entries.find(({ name }) => name === target.of);
  const value = target.of === undefined ? ours : ours / median(other?.samples ?? []);
  const shown = (it: number) =>
    target.of === undefined ? `${number(it, digits)} ${unit}` : `${number(it, 2)} x ${target.of}`;
  const goal = target.atLeast ?? target.atMost ?? Number.NaN;
  const words = `Target: at ${target.atLeast === undefined ? 'most' : 'least'} ${shown(goal)}.`;
  if (Number.isNaN(value)) return `${words} Not measured.`;
  const isReached = target.atLeast === undefined ? value <= goal : value >= goal;
  if (isReached) return `${words} Reached: ${shown(value)}.`;
  const off = Math.abs(value / goal - 1) * 100;
  return `${words} **Missed by ${number(off, off < 10 ? 1 : 0)} %**: ${shown(value)}.`;
}
