import { version } from '../../../package.json';

/** The name a site's robots.txt knows us by (RFC 9309 section 2.2.1). */
export const PRODUCT_TOKEN = 'soshik';

/**
 * The honest User-Agent: `soshik/<version> (+<contact>)`, the parenthesis only when there is a
 * contact. What a header or its comment cannot hold (RFC 9110 section 5.6.5) is left out.
 */
export function userAgent(contact: string): string {
  const address = contact.replace(/[^\x21-\x7e]|[()\\]/g, '');
  return `${PRODUCT_TOKEN}/${version}${address === '' ? '' : ` (+${address})`}`;
}
