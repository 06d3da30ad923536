import type { Runtime } from '../../../src/lib/runtime.ts';

export type Answering = (request: Request) => Response | Promise<Response>;

/** A runtime whose clock stands still until moved, and whose network is one function. */
export function fakeNetwork(answer: Answering, startAt: number) {
  const requests: Request[] = [];
  const clock = { now: startAt };
  const runtime: Runtime = {
    now: () => clock.now,
    randomBytes: (length) => new Uint8Array(length),
    fetch: async (request) => {
      requests.push(request);
      return answer(request);
    },
  };
  const paths = () => requests.map(({ url }) => new URL(url).pathname);
  return { runtime, requests, clock, paths };
}

/** A site without a robots.txt, whatever else it answers. */
export function withoutRobots(answer: Answering): Answering {
  return (request) =>
    new URL(request.url).pathname === '/robots.txt'
      ? new Response('not here', { status: 404 })
      : answer(request);
}
