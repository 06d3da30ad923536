/**
 * A GIF of one still picture (GIF89a). Its pixels are written as plain LZW codes, with a clear code
 * often enough that codes never grow: larger than need be, and read by everything.
 *
 * @param palette at most 128 colours
 * @param paint index into the palette of each pixel
 */
export function createGif(
  width: number,
  height: number,
  palette: readonly (readonly [red: number, green: number, blue: number])[],
  paint: (x: number, y: number) => number,
): Uint8Array {
  const bits: number[] = [];
  const clear = 128;
  const put = (code: number) => {
    for (let bit = 0; bit < 8; bit += 1) bits.push((code >> bit) & 1);
  };
  let count = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (count % 120 === 0) put(clear);
      count += 1;
      put(paint(x, y));
    }
  }
  put(clear + 1);
  const data: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    data.push(bits.slice(at, at + 8).reduce((sum, bit, index) => sum + (bit << index), 0));
  }
  const colours = Array.from({ length: 128 }, (_, index) => palette[index] ?? [0, 0, 0]).flat();
  const blocks: number[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.slice(at, at + 255);
    blocks.push(block.length, ...block);
  }
  return Uint8Array.from([
    ...Array.from('GIF89a', (letter) => letter.charCodeAt(0)),
    ...size(width),
    ...size(height),
    0b1111_0110,
    0,
    0,
    ...colours,
    0x2c,
    0,
    0,
    0,
    0,
    ...size(width),
    ...size(height),
    0,
    7,
    ...blocks,
    0,
    0x3b,
  ]);
}

/** Two bytes, the low one first. */
function size(value: number): number[] {
  return [value & 255, value >> 8];
}
