import { writeFile } from 'node:fs/promises';
import { html, raw } from 'hono/html';
import { launchChromium } from './chromium.ts';
import { type PosterScene, posterScenes } from './poster-scenes.ts';

/*
 * Draws test/sandbox/posters/<video id>.jpg; run it by hand after a change of the scenes:
 * `node test/sandbox/node/make-posters.ts`, on a machine that has Korean fonts (Noto CJK).
 */

const maxBytes = 25_000;

const faces = {
  sans: "900 %px/1.12 'Noto Sans CJK KR', sans-serif",
  serif: "700 %px/1.18 'Noto Serif CJK KR', serif",
} as const;

const places = {
  left: 'left:36px;top:0;bottom:0;justify-content:center',
  right: 'right:36px;top:0;bottom:0;justify-content:center;text-align:right',
  center: 'inset:0;justify-content:center;text-align:center',
  top: 'left:36px;right:36px;top:34px',
} as const;

function posterPage(scene: PosterScene) {
  const font = faces[scene.face].replace('%', String(scene.size));
  const second = scene.second ? html`<small>${scene.second}</small>` : '';
  return html`<style>
    body { margin: 0; }
    svg { display: block; }
    div { position: absolute; ${raw(places[scene.place])}; display: flex; flex-direction: column;
      color: ${scene.ink}; font: ${raw(font)}; letter-spacing: -0.03em; white-space: pre-line; }
    small { margin-top: 10px; font-size: 22px; font-weight: 500; letter-spacing: 0; }
  </style>
  <svg xmlns="http://www.w3.org/2000/svg" width="640" height="360" viewBox="0 0 640 360">${raw(scene.art)}</svg>
  <div>${scene.title}${second}</div>`;
}

const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 640, height: 360 } });
for (const scene of posterScenes) {
  await page.setContent(String(await posterPage(scene)));
  let quality = 88;
  let bytes = await page.screenshot({ type: 'jpeg', quality });
  while (bytes.length > maxBytes && quality > 40) {
    quality -= 4;
    bytes = await page.screenshot({ type: 'jpeg', quality });
  }
  await writeFile(new URL(`../posters/${scene.videoID}.jpg`, import.meta.url), bytes);
  console.log(`${scene.videoID}.jpg ${bytes.length} bytes (quality ${quality})`);
}
await browser.close();
