/** The element of the page with this id; throws when the page has none of that type. */
export function element<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} #${id}`);
  return found;
}

/** Makes an element; a property is set as such, `data-` and `aria-` names as attributes. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** An instant in words. */
export function time(at: number, words: string): HTMLTimeElement {
  return make('time', { class: 'when', datetime: new Date(at).toISOString() }, words);
}

/**
 * Makes a list's children those of `rows`, in that order. A child whose key and fingerprint are
 * unchanged stays as it is, so that nothing flickers and a screen reader hears new ones only.
 *
 * @returns keys of the children that are new to the list
 */
export function keyed<Row>(
  list: HTMLElement,
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  fingerprint: (row: Row) => string,
  render: (row: Row) => HTMLElement,
): string[] {
  const old = new Map(
    Array.from(list.children, (child) => [child.getAttribute('data-key') ?? '', child]),
  );
  const fresh: string[] = [];
  const wanted = rows.map((row) => {
    const key = keyOf(row);
    const print = fingerprint(row);
    const known = old.get(key);
    if (known?.getAttribute('data-print') === print) return known;
    if (known === undefined) fresh.push(key);
    const made = render(row);
    made.setAttribute('data-key', key);
    made.setAttribute('data-print', print);
    return made;
  });
  const kept = new Set<Element>(wanted);
  for (const child of Array.from(list.children)) if (!kept.has(child)) child.remove();
  for (const [index, child] of wanted.entries()) {
    const there = list.children.item(index);
    if (there !== child) list.insertBefore(child, there);
  }
  return fresh;
}
