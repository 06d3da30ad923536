import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import corpus from '../../../src/assets/catfacts.json' with { type: 'json' };
import { readFacts, spareFacts } from '../../../src/features/cats/facts.ts';
import {
  answers,
  connectWebhook,
  createHarness,
  type Harness,
  reader,
} from '../../worker/harness.ts';

/** Static assets that answer as told, and how often they were asked. */
function createAssets(answer: (asked: number) => Promise<Response>) {
  const assets = {
    asked: 0,
    fetch: async () => {
      assets.asked += 1;
      return await answer(assets.asked);
    },
  };
  return assets;
}

describe('the cat facts in the static assets', () => {
  test('are read whole', async () => {
    const told = corpus.map(({ id, ko, en }) => ({ id, ko, en }));
    expect(await readFacts(env.ASSETS)).toEqual(told);
  });

  test('are read once and kept', async () => {
    const assets = createAssets(async () => await env.ASSETS.fetch('https://a.test/catfacts.json'));
    expect(await readFacts(assets)).toHaveLength(corpus.length);
    expect(await readFacts(assets)).toHaveLength(corpus.length);
    expect(assets.asked).toBe(1);
  });

  test.each<[string, () => Promise<Response>]>([
    ['cannot be reached', () => Promise.reject(new Error('down'))],
    ['never answer', () => new Promise<Response>(() => undefined)],
    ['have no such file', async () => new Response(null, { status: 404 })],
    ['give no JSON', async () => new Response('<!doctype html>')],
    ['give other JSON', async () => Response.json([{ id: 'a', ko: '가' }])],
    ['give no fact', async () => Response.json([])],
  ])('are replaced by the spare ones when they %s', async (_, answer) => {
    expect(await readFacts(createAssets(answer))).toEqual(spareFacts);
  });

  test('are asked for again after a failure', async () => {
    const assets = createAssets(async (asked) =>
      asked === 1 ? new Response(null, { status: 500 }) : Response.json(corpus),
    );
    await readFacts(assets);
    expect(await readFacts(assets)).toHaveLength(corpus.length);
  });
});

describe('a question for a cat', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await createHarness();
    await connectWebhook(harness);
  });

  async function ask(): Promise<readonly string[]> {
    const person = reader(harness, 'ko');
    await harness.world.x.say(person.id, '고양이 5');
    await harness.settle();
    const reply = answers(harness, person.id).at(-1) ?? '';
    return reply.split('\n\n').map((line) => line.replace(' 냐옹~', ''));
  }

  test('is answered from the static assets', async () => {
    const known: readonly string[] = corpus.map((fact) => fact.ko);
    expect((await ask()).filter((fact) => known.includes(fact))).toHaveLength(5);
  });

  test('is answered all the same when the static assets fail', async () => {
    const down = createAssets(() => Promise.reject(new Error('down')));
    harness.redeploy({ ASSETS: { fetch: down.fetch, connect: () => env.ASSETS.connect('') } });
    const known = spareFacts.map((fact) => fact.ko);
    expect((await ask()).filter((fact) => known.includes(fact))).toHaveLength(5);
  });
});
