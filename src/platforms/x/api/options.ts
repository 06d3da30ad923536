/**
 * An address that calls start with, without a slash at its end.
 *
 * @throws TypeError when it is no http(s) address, or has a query, a fragment or a user
 */
export function baseUrl(name: string, url: string): string {
  if (!/^https?:\/\/[^\s?#@]+$/.test(url) || !URL.canParse(url)) {
    throw new TypeError(`Twitter client: ${name} must be an http(s) address without query or user`);
  }
  return url.replace(/\/+$/, '');
}

/** @throws TypeError when one of the keys is blank or not plain ASCII */
export function requirePlain(group: string, keys: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(keys)) {
    if (!isPlain(value)) {
      throw new TypeError(`Twitter client: ${group}.${name} is blank or not plain ASCII`);
    }
  }
}

/** True for printable ASCII without white space: the form of all keys and tokens of X. */
export function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}
