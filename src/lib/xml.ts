import { parse, type TNode } from 'txml/txml';
import { decodeEntities } from './web/decode.ts';

/** An element of an XML document. */
export type XmlElement = TNode;

/**
 * Reads XML as generously as it is written: white space before the declaration, bare ampersands and
 * a missing end are taken as they are. Entities stay undecoded, and none that a document declares is
 * ever expanded.
 *
 * @returns the elements at the top, or `null` for what is no XML or nested beyond reason
 */
export function readXml(text: string): readonly XmlElement[] | null {
  try {
    // A sign that opens no tag is text; inside CDATA it is decoded again like any other.
    const written = text.replace(/^[\s\ufeff]+/, '').replace(/<(?![a-z_/!?])/gi, '&lt;');
    const parsed = parse(written, { selfClosingTags: [], keepWhitespace: true });
    const elements = parsed.filter(isElement).filter(({ tagName }) => /^[a-z]/i.test(tagName));
    return elements.length === 0 ? null : elements;
  } catch {
    return null;
  }
}

function isElement(node: XmlElement | string): node is XmlElement {
  return typeof node !== 'string';
}

/** The child elements of a name, prefix included; some old documents shout their names. */
export function elementsOf(parent: XmlElement, name: string): readonly XmlElement[] {
  const isNamed = ({ tagName }: XmlElement) => tagName.toLowerCase() === name.toLowerCase();
  return parent.children.filter(isElement).filter(isNamed);
}

/** All text inside an element, entities decoded once; `''` without the element. */
export function textIn(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  return element.children
    .map((child) => (isElement(child) ? textIn(child) : decodeEntities(child)))
    .join('');
}

/** The text of the first child element of a name, trimmed. */
export function childText(parent: XmlElement, name: string): string {
  return textIn(elementsOf(parent, name)[0]).trim();
}

/** An attribute, entities decoded; `''` without it. */
export function attribute(element: XmlElement, name: string): string {
  return decodeEntities(element.attributes[name] ?? '').trim();
}
