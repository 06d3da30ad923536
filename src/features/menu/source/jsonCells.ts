import type { Result } from '../../../lib/result.ts';
import { decodeEntities } from '../../../lib/web/decode.ts';

/** Elements that stand on lines of their own within a cell. */
const LINES = ['p', 'div', 'li', 'tr'];

/** Whether HTMLRewriter understands a selector. One of several, with commas, is not taken. */
export function isSelector(selector: string): boolean {
  if (selector.includes(',')) return false;
  try {
    new HTMLRewriter().on(selector, {});
    return true;
  } catch {
    return false;
  }
}

/**
 * The texts of all elements that match a selector, in the page's order: entities decoded, and a
 * line break wherever a browser would make one. What lies in a nested match belongs to that one
 * only.
 *
 * @param selector one that {@link isSelector} accepts
 */
export async function htmlCells(
  html: string,
  selector: string,
): Promise<Result<string[], { readonly detail: string }>> {
  const cells: { text: string }[] = [];
  const open: { text: string }[] = [];
  const add = (text: string) => {
    const innermost = open.at(-1);
    if (innermost) innermost.text += text;
  };
  const rewriter = new HTMLRewriter()
    .on(selector, {
      element(element) {
        const cell = { text: '' };
        cells.push(cell);
        if (!canHoldText(element.tagName)) return;
        open.push(cell);
        element.onEndTag(() => {
          open.splice(open.indexOf(cell));
        });
      },
      // One text comes in several chunks, and an entity may lie across two.
      text: ({ text }) => add(text),
    })
    .on(`${selector} br`, { element: () => add('\n') });
  for (const line of LINES) {
    rewriter.on(`${selector} ${line}`, {
      element(element) {
        add('\n');
        element.onEndTag(() => add('\n'));
      },
    });
  }
  try {
    await rewriter.transform(new Response(html)).arrayBuffer();
  } catch {
    return { ok: false, detail: 'the page is not HTML that can be read' };
  }
  return { ok: true, value: cells.map(({ text }) => decodeEntities(text).trim()) };
}

/** `onEndTag` throws for an element that has no end tag by its nature (HTML standard 13.1.2). */
function canHoldText(tagName: string): boolean {
  return !/^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/.test(tagName);
}

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
