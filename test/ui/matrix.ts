import { encode } from 'uqr';

/** The modules of the first QR code on a page, as a camera would see them. */
export function matrixOf(page: string): boolean[][] {
  const [, size = '0', , path = ''] =
    /class="qr" viewBox="0 0 (\d+) \1"([^>]*)>.*?stroke="#000" d="([^"]*)"/s.exec(page) ?? [];
  const rows = Array.from({ length: Number(size) }, () =>
    Array.from({ length: Number(size) }, () => false),
  );
  let [x, y] = [0, 0];
  for (const [, command, first = '', second = ''] of path.matchAll(
    /([Mmh])([\d.]+)(?: ([\d.]+))?/g,
  )) {
    const step = Number(first);
    if (command === 'M') [x, y] = [step, Math.floor(Number(second))];
    if (command === 'h') rows[y]?.fill(true, x, x + step);
    if (command !== 'M') x += step;
  }
  return rows;
}

/** The modules of the code of a text: level M, four light ones around, mask 0. */
export function codeOf(text: string): boolean[][] {
  return encode(text, { ecc: 'M', border: 4, maskPattern: 0 }).data;
}
