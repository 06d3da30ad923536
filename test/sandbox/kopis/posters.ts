import { createGif } from '../gif.ts';

const made = new Map<number, Uint8Array>();

/** A poster of a production as KOPIS has them: a GIF, upright, another one for every number. */
export function kopisPoster(number: number): Uint8Array {
  const known = made.get(number) ?? draw(number);
  made.set(number, known);
  return known;
}

function draw(number: number): Uint8Array {
  const hue = Math.imul(number, 2654435761) >>> 0;
  const [red, green, blue] = [
    64 + (hue & 127),
    64 + ((hue >>> 8) & 127),
    64 + ((hue >>> 16) & 127),
  ];
  const shades = Array.from({ length: 16 }, (_, step) => {
    const light = 1 - step / 24;
    return [Math.round(red * light), Math.round(green * light), Math.round(blue * light)] as const;
  });
  const palette = [...shades, [250, 240, 200] as const, [24, 20, 28] as const];
  return createGif(120, 160, palette, (x, y) => {
    // A curtain, a spotlight and the boards.
    if (y > 130) return y % 6 === 0 ? 17 : 12;
    const isLit = (x - 60) ** 2 / 900 + (y - 90) ** 2 / 1600 < 1;
    return isLit ? 16 : Math.floor((y / 131) * 8) + (Math.floor(x / 8) % 2) * 6;
  });
}
