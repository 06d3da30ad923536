import { expect } from 'vitest';
import { createHttp } from '../../../src/pages/app.ts';
import { rooms, wire } from '../../../src/wire.ts';
import { sandboxSecrets } from '../../sandbox/secrets.ts';
import { createHarness, type Harness } from '../../worker/harness.ts';

export const ORIGIN = 'https://soshik.example';
export const KAKAO_ID = 'fake-plusfriend-user-key';
export const HOOK = 'https://hooks.example.com/soshik';

/** The five fields of the seed. */
export const garden = {
  id: KAKAO_ID,
  fav_repository: 'https://github.com/hana/garden',
  nick_name: '정원',
  type: 'kakao',
  branch: 'main',
} as const;

export type Values = Readonly<Record<string, string>>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface ApiDesk {
  readonly harness: Harness;
  fetch(request: Request): Promise<Response>;
  /** A call under the owner's key, `null` for none: GET and DELETE by query, POST by JSON. */
  call(
    method: string,
    path: string,
    values?: Values,
    options?: { readonly key?: string | null; readonly headers?: Values },
  ): Promise<Answered>;
  /** A call whose body is sent as it is, under the owner's key. */
  send(
    method: 'POST' | 'DELETE',
    path: string,
    type: string | null,
    body: BodyInit,
  ): Promise<Answered>;
}

/** The API and the skills, on the sandbox's platforms, with one repository at GitHub. */
export async function createApiDesk(vars: Readonly<Record<string, string | undefined>> = {}) {
  const harness = await createHarness(vars);
  const { runtime } = harness;
  const app = createHttp((env, url) => wire(env, runtime, url), rooms);
  harness.world.github.addRepository({
    owner: 'hana',
    name: 'garden',
    branches: ['main', 'dev', 'feat/roses'],
    stars: 12,
    forks: 3,
  });

  const fetch = async (request: Request) => app.fetch(request, harness.env);
  const answered = async (request: Request): Promise<Answered> => {
    const response = await fetch(request);
    const { status, headers } = response;
    return { status, headers, body: await response.json() };
  };
  const desk: ApiDesk = {
    harness,
    fetch,
    async call(method, path, values = {}, { key = sandboxSecrets.API_KEY, headers = {} } = {}) {
      const isPost = method === 'POST';
      const url = new URL(path, ORIGIN);
      if (!isPost)
        for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
      return answered(
        new Request(url, {
          method,
          headers: {
            ...headers,
            ...(key !== null && { authorization: `Bearer ${key}` }),
            ...(isPost && { 'content-type': 'application/json' }),
          },
          ...(isPost && { body: JSON.stringify(values) }),
        }),
      );
    },
    async send(method, path, type, body) {
      const headers = new Headers({ authorization: `Bearer ${sandboxSecrets.API_KEY}` });
      if (type !== null) headers.set('content-type', type);
      const init: RequestInit = { method, headers, body };
      return answered(new Request(new URL(path, ORIGIN), init));
    },
  };
  return desk;
}

/** A repository is registered as said; its answer's members. */
export async function registered(desk: ApiDesk, values: Values = garden): Promise<unknown> {
  const { status, body } = await desk.call('POST', '/api/', values);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}
