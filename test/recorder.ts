import type { Runtime } from '../src/lib/runtime.ts';

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
 * A world with a stopped clock, known nonces and a network that writes down what it is sent.
 */
export function recorder(respond: (call: Recorded) => Response | Promise<Response>): Recorder {
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
      return await respond(call);
    },
  };
  return { runtime, sent };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}
