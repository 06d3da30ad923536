import Ajv2020 from 'ajv/dist/2020.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../../src/lib/encoding.ts';
import { DAY_MS } from '../../../src/lib/time.ts';
import { addApiKey } from '../../../src/store/ownerLogin.ts';
import { sandboxSecrets } from '../../sandbox/secrets.ts';
import {
  type Answered,
  type ApiDesk,
  createApiDesk,
  garden,
  HOOK,
  KAKAO_ID,
  ORIGIN,
  registered,
  type Values,
} from './apiDesk.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
  /** Absent: a key of the API. */
  readonly security?: unknown;
}
interface Description {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let desk: ApiDesk;
let description: Description;
let validate: (path: string, method: string, answer: Pick<Answered, 'status' | 'body'>) => void;
beforeEach(async () => {
  desk = await createApiDesk();
  const response = await desk.fetch(new Request(`${ORIGIN}/api/openapi.json`));
  description = await response.json<Description>();
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(description, 'api');
  validate = (path, method, { status, body }) => {
    const pointer = path.replaceAll('/', '~1');
    const schema = ajv.getSchema(
      `api#/paths/${pointer}/${method.toLowerCase()}/responses/${status}/content/application~1json/schema`,
    );
    if (!schema) throw new Error(`${method} ${path} does not declare ${status}`);
    expect(schema(body), JSON.stringify([body, schema.errors])).toBe(true);
  };
});

async function answered(method: string, path: string, values: Values, status: number) {
  const answer = await desk.call(method, path, values);
  expect(answer).toMatchObject({ status });
  validate(path, method, answer);
}

const id = KAKAO_ID;
const info = { id: 'hana', repo: 'garden' };
const alias = { id, nick_name: '정원' };

describe('the description', () => {
  test('is OpenAPI 3.1, in the reader’s language, and needs no key', async () => {
    expect(description.openapi).toBe('3.1.0');
    expect(JSON.stringify(description)).toContain('저장소를 등록해요');
    const headers = { 'accept-language': 'en' };
    const english = await desk.fetch(new Request(`${ORIGIN}/api/openapi.json/`, { headers }));
    expect(await english.text()).not.toMatch(/[가-힣]/);
  });

  test('names every call, those of the seed and the skills too', () => {
    const named = Object.entries(description.paths).map(
      ([path, operations]) => `${Object.keys(operations).toSorted().join(' ')} ${path}`,
    );
    expect(named.toSorted()).toEqual([
      'delete /api/del/',
      'get /api/alias/',
      'get /api/git/',
      'get /api/info/',
      'get post /api/',
      'post /api/barcode/',
      'post /api/list/',
      'post /api/proof/',
      'post /api/repoList/',
      'post /api/repoStatus/',
      'post /skill',
    ]);
  });

  test('gives each operation an id of its own', () => {
    const ids = Object.values(description.paths).flatMap((operations) =>
      Object.values(operations).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('holds for what is answered', () => {
  test.each([
    ['POST', '/api/', garden],
    ['POST', '/api/', { ...garden, type: 'webhook', id: HOOK }],
    ['GET', '/api/', garden],
    ['GET', '/api/info/', info],
    ['GET', '/api/alias/', { id }],
    ['GET', '/api/git/', alias],
    ['DELETE', '/api/del/', alias],
  ])('when all is well: %s %s', async (method, path, values) => {
    await registered(desk);
    desk.harness.world.github.push('hana/garden', 'main', 2);
    await answered(method, path, values, 200);
  });

  test('when commits are told without GitHub’s own objects', async () => {
    await registered(desk);
    const { github } = desk.harness.world;
    github.forcePush('hana/garden', 'main', ['Start over']);
    github.collectGarbage('hana/garden');
    await answered('GET', '/api/', garden, 200);
  });

  test('when a required field is missing, for every one that is named as required', async () => {
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const [method, { parameters = [] }] of Object.entries(operations)) {
        const given = Object.fromEntries(parameters.map(({ name }) => [name, 'x']));
        for (const { name, required } of parameters) {
          if (required) await answered(method.toUpperCase(), path, { ...given, [name]: '' }, 400);
        }
      }
    }
  });

  test.each([
    ['POST', '/api/', { ...garden, branch: '' }, 400],
    ['POST', '/api/', { ...garden, branch: 'nowhere' }, 404],
    ['POST', '/api/', { ...garden, branch: 'dev' }, 409],
    ['GET', '/api/', { ...garden, branch: 'dev' }, 404],
    ['GET', '/api/info/', { ...info, repo: 'nothing' }, 404],
    ['GET', '/api/alias/', { id: 'nobody' }, 404],
    ['GET', '/api/git/', { ...alias, nick_name: '뜰' }, 404],
    ['DELETE', '/api/del/', { ...alias, nick_name: '뜰' }, 404],
  ])('when it is refused: %s %s %j', async (method, path, values, status) => {
    await registered(desk);
    await answered(method, path, values, status);
  });

  test.each([502, 503])('when GitHub is away or off: %i', async (status) => {
    await registered(desk);
    if (status === 503) desk = await createApiDesk({ GITHUB_TOKEN: undefined });
    const { faults } = desk.harness.world;
    faults.add({ host: 'api.github.com', kind: 'status', status: 503, times: 9 });
    await answered('POST', '/api/', { ...garden, branch: 'dev', nick_name: '개발' }, status);
    await answered('GET', '/api/info/', info, status);
  });

  test('when the key is wrong', async () => {
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const method of Object.keys(operations)) {
        const answer = await desk.call(method.toUpperCase(), path, {}, { key: 'fake' });
        expect(answer.status).toBe(401);
        validate(path, method, answer);
      }
    }
  });

  test('when the key may only look: told of all that changes something, and of nothing else', async () => {
    const key = `soshik_${'k'.repeat(43)}`;
    const { env, world } = desk.harness;
    const kept = { name: 'fake', scope: 'read', hash: await sha256Hex(key) } as const;
    const expiresAt = world.clock.now() + DAY_MS;
    await addApiKey(env.DB, { ...kept, expiresAt }, world.clock.now());
    const refused: string[] = [];
    for (const [path, operations] of Object.entries(description.paths)) {
      for (const [method, { responses, security }] of Object.entries(operations)) {
        if (security) continue;
        const answer = await desk.call(method.toUpperCase(), path, {}, { key });
        validate(path, method, answer);
        expect(answer.status === 403).toBe('403' in responses);
        if (answer.status === 403) refused.push(`${method} ${path}`);
      }
    }
    expect(refused).toEqual([
      'post /api/',
      'get /api/',
      'post /api/list/',
      'post /api/proof/',
      'delete /api/del/',
    ]);
  });

  test.each([
    ['POST', '/api/'],
    ['DELETE', '/api/del/'],
  ] as const)('when a body is too large or of another kind: %s %s', async (method, path) => {
    const bodies = [
      ['text/plain', 'x', 415],
      ['application/json', 'x', 400],
      ['application/json', ' '.repeat(64 * 1024 + 1), 413],
    ] as const;
    for (const [type, body, status] of bodies) {
      const answer = await desk.send(method, path, type, body);
      expect(answer.status).toBe(status);
      validate(path, method, answer);
    }
  });

  test.each(['/skill', '/api/barcode/', '/api/repoList/', '/api/repoStatus/'])(
    'of the skill %s',
    async (path) => {
      const body = { userRequest: { user: { id: 'fake-user' }, utterance: '도움말' } };
      const response = await desk.fetch(
        new Request(`${ORIGIN}${path}`, {
          method: 'POST',
          headers: { 'x-skill-token': sandboxSecrets.KAKAO_SKILL_TOKEN },
          body: JSON.stringify(body),
        }),
      );
      expect(response.status).toBe(200);
      validate(path, 'POST', { status: 200, body: await response.json() });
    },
  );
});
