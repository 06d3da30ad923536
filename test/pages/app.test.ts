import { expect, test } from 'vitest';
import type { Feature } from '../../src/bot/feature.ts';
import { createHttp } from '../../src/pages/app.ts';
import { rooms, wire } from '../../src/wire.ts';
import { createHarness } from '../worker/harness.ts';

test('a webhook is answered before any page is made', async () => {
  const { env, runtime } = await createHarness();
  const asked: string[] = [];
  const features = rooms.features.map(
    (feature): Feature => ({
      ...feature,
      get routes() {
        asked.push(feature.id);
        return feature.routes ?? [];
      },
    }),
  );
  const http = createHttp((bindings) => wire(bindings, runtime), { ...rooms, features });
  const ask = async (path: string) =>
    (await http.fetch(new Request(`https://soshik.example${path}`), env)).status;
  expect(await ask(`/webhook/twitter?crc_token=${'MDEy'.repeat(10)}`)).toBe(200);
  expect(await ask('/webhook/telegram')).toBe(405);
  expect(asked).toEqual([]);
  expect(await ask('/nowhere')).toBe(404);
  expect(asked).not.toEqual([]);
});
