import type { Result } from '../../../lib/result.ts';

/** Names between dots, `[3]` for a place in a list, `[*]` for each of a list. */
const STEP = /\.?([^.[\]\s]+)|\[(\d{1,4}|\*)\]/y;
const MAX_STEPS = 12;

type Step = { readonly name: string } | { readonly index: number } | 'each';

/** Whether a text is a path as {@link jsonCells} takes it, such as `week.days[*].lunch`. */
export function isJsonPath(path: string): boolean {
  return stepsOf(path) !== null;
}

/**
 * The texts a path leads to, in order. A list of texts at its end is one cell with a line each;
 * what is `null` or missing in one of a list is an empty cell.
 *
 * @param path one that {@link isJsonPath} accepts
 */
export function jsonCells(
  text: string,
  path: string,
): Result<string[], { readonly detail: string }> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { ok: false, detail: 'the page is not JSON' };
  }
  let found: unknown[] = [data];
  for (const step of stepsOf(path) ?? []) {
    found = found.flatMap((value) => follow(value, step));
  }
  const isFound = found.some((value) => value !== undefined);
  return { ok: true, value: isFound ? found.map((value) => cellOf(value).trim()) : [] };
}

function stepsOf(path: string): Step[] | null {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const [, name, index] = STEP.exec(path) ?? [];
    if (name !== undefined) steps.push({ name });
    else if (index !== undefined) steps.push(index === '*' ? 'each' : { index: Number(index) });
    else return null;
  }
  return steps.length > 0 && steps.length <= MAX_STEPS ? steps : null;
}

function follow(value: unknown, step: Step): unknown[] {
  if (step === 'each') return Array.isArray(value) ? value : [];
  if ('index' in step) return [Array.isArray(value) ? value[step.index] : undefined];
  const isObject = typeof value === 'object' && value !== null;
  return [isObject && Object.hasOwn(value, step.name) ? Reflect.get(value, step.name) : undefined];
}

function cellOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.map(cellOf).join('\n') : '';
}
