/** An address that a link may lead to: one of the web, whatever the text says; else `null`. */
export function webAddress(text: string | null): string | null {
  const url = text === null ? null : URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null;
}
