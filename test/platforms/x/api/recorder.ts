import type { Runtime } from '../../../../src/lib/runtime.ts';
import { holdToDescription } from '../described.ts';

export const NOW_MS = Date.UTC(2026, 10, 22, 3);

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as sent; empty for a multipart one. */
  readonly text: string;
  /** Fields of a multipart body; files as they are. */
  readonly form: Readonly<Record<string, string | File>> | null;
}

export interface Recorder {
  readonly runtime: Runtime;
  readonly sent: readonly Recorded[];
}

/**
 * A world with a stopped clock, known nonces and a network that writes down what it is sent. What is
 * sent is held to X's description: test/setup.ts fails the test for a request that X would not know.
 *
 * @param isX false: it goes to another platform
 */
export function recorder(
  respond: (call: Recorded) => Response | Promise<Response>,
  { isX = true } = {},
): Recorder {
  const sent: Recorded[] = [];
  let draws = 0;
  const runtime: Runtime = {
    now: () => NOW_MS,
    randomBytes: (length) => {
      draws += 1;
      return new Uint8Array(length).fill(draws);
    },
    fetch: async (request) => {
      const isForm = request.headers.get('content-type')?.startsWith('multipart/') ?? false;
      const form = isForm ? await request.formData() : null;
      const call: Recorded = {
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        // Not text(): workerd warns of it where the type is an urlencoded form.
        text: form ? '' : new TextDecoder().decode(await request.arrayBuffer()),
        form: form && Object.fromEntries(form),
      };
      sent.push(call);
      if (isX) {
        holdToDescription({
          ...call,
          type: request.headers.get('content-type'),
          ...(form && { fields: namesOf(form) }),
        });
      }
      return await respond(call);
    },
  };
  return { runtime, sent };
}

/** A file counts by its name: what is described are the fields. */
function namesOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    Array.from(form, ([name, value]) => [name, typeof value === 'string' ? value : value.name]),
  );
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

export const API_URL = 'https://api.x.example';

export const credentials = {
  consumerKey: 'fake-consumer-key',
  consumerSecret: 'fake-consumer-secret',
  token: '42-fake-token',
  tokenSecret: 'fake-token-secret',
};
