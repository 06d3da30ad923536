import type { Runtime } from '../runtime.ts';

/** Those that canteen pages use; any other stays as it is written. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  middot: '·',
  bull: '•',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  times: '×',
};

/** Decodes character references (HTML standard section 13.5), once. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi,
    (written, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? written;
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
      const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
      return isCharacter ? String.fromCodePoint(code) : '\u{fffd}';
    },
  );
}

/** A declaration stands at the very beginning (XML 1.0 section 4.3.3). */
const DECLARATION = /^\s*<\?xml\b[^>]{0,150}?encoding\s*=\s*["']([\w.:-]{1,40})["']/;
/** A page names its charset within so many bytes (HTML standard section 13.2.3.2). */
const PRESCAN_BYTES = 1024;
const META = /<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})/i;
/** What many servers add to everything they send, whatever it is in. */
const DEFAULTED = /^(?:iso-8859-1|us-ascii|ascii|latin1|windows-1252)$/i;
/** Names of EUC-KR that Windows and Java use and the Encoding standard lacks. */
const KOREAN = /^(?:cp949|ms949|uhc|x-windows-949|euckr|euc_kr|ks_c_5601)$/i;

/**
 * A network whose answers are in UTF-8: those in another charset that a byte order mark, their
 * header, an XML declaration or a page's `meta` names (older Korean pages are in EUC-KR) are turned
 * into it as they come in.
 */
export function inUtf8(runtime: Runtime): Runtime {
  return {
    ...runtime,
    fetch: async (request) => {
      const response = await runtime.fetch(request);
      if (response.body === null) return response;
      const named = charsetIn(response.headers.get('content-type') ?? '');
      return new Response(response.body.pipeThrough(toUtf8(named)), response);
    },
  };
}

function charsetIn(contentType: string): string | null {
  return /;\s*charset="?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? null;
}

/** Bytes pass as they are unless they are of another charset, which the first of them may tell. */
function toUtf8(named: string | null): TransformStream<Uint8Array, Uint8Array> {
  let decoder: TextDecoder | null | undefined;
  const encoder = new TextEncoder();
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      if (decoder === undefined) decoder = decoderFor(charsetOf(chunk, named));
      if (decoder === null) controller.enqueue(chunk);
      else controller.enqueue(encoder.encode(decoder.decode(chunk, { stream: true })));
    },
    flush(controller) {
      const rest = decoder?.decode() ?? '';
      if (rest !== '') controller.enqueue(encoder.encode(rest));
    },
  });
}

function charsetOf(chunk: Uint8Array, named: string | null): string {
  const [first, second, third] = chunk;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  const start = new TextDecoder('latin1').decode(chunk.subarray(0, PRESCAN_BYTES));
  const declared = (DECLARATION.exec(start) ?? META.exec(start))?.[1];
  if (declared === undefined || (named !== null && !DEFAULTED.test(named))) return named ?? 'utf-8';
  // It could not be read if it were true.
  return /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

/** `null` for UTF-8, and for a charset that nobody knows. */
function decoderFor(charset: string): TextDecoder | null {
  try {
    const decoder = new TextDecoder(KOREAN.test(charset) ? 'euc-kr' : charset);
    return decoder.encoding === 'utf-8' ? null : decoder;
  } catch {
    return null;
  }
}
