import { readFile } from 'node:fs/promises';
import { createDrawnPosters } from '../pictures.ts';

const draw = createDrawnPosters();

/** The poster of a Netflix title from test/sandbox/posters; one drawn on the spot for others. */
export async function readPoster(videoId: number): Promise<Uint8Array> {
  try {
    return await readFile(new URL(`../posters/${videoId}.jpg`, import.meta.url));
  } catch {
    return await draw(videoId);
  }
}
