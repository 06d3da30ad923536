import type { Result } from '../../../lib/result.ts';
import { decodeEntities } from '../../../lib/web/entities.ts';

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
