import { fromBase64 } from '../bytes.ts';

/** Name and secret of a Basic header, each percent-encoded in it (RFC 6749 section 2.3.1). */
export function basicCredentials(
  header: string | undefined,
): { readonly name: string; readonly secret: string } | null {
  const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(header ?? '') ?? [];
  const bytes = fromBase64(encoded);
  if (!bytes) return null;
  const [, name, secret] = /^([^:]*):(.*)$/s.exec(new TextDecoder().decode(bytes)) ?? [];
  if (name === undefined || secret === undefined) return null;
  try {
    return { name: decodeURIComponent(name), secret: decodeURIComponent(secret) };
  } catch {
    return null;
  }
}
