// A Worker on Node, beside the receivers of others.
import { serve } from '@hono/node-server';

const { default: worker } = await import(process.env.BUNDLE);
const context = { waitUntil: () => {}, passThroughOnException: () => {} };

serve({
  hostname: '127.0.0.1',
  port: Number(process.env.PORT),
  fetch: (request) => worker.fetch(request, process.env, context),
});
