import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createWorld, type World } from '../world.ts';
import { createSandboxApp } from './app.ts';
import { readPoster } from './posters.ts';

export interface SandboxServer {
  readonly world: World;
  /** Origin of the server, on the loopback interface. */
  readonly url: string;
  /** The Worker is up: X and GitHub check its webhooks and deliver to them; throws with words. */
  readonly connect: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Starts the platforms' stand-ins and the page `/sandbox`. The world's clock runs from now.
 *
 * @param port port on 127.0.0.1
 * @param workerUrl origin of the Worker for platforms
 * @param publicUrl the same for browsers
 * @param isFresh true: X knows no webhook until the owner registers one, and delivers what is subscribed
 * @throws Error with `code: 'EADDRINUSE'` when the port is taken
 */
export async function startSandboxServer(options: {
  readonly port: number;
  readonly workerUrl: string;
  readonly publicUrl: string;
  readonly isFresh?: boolean;
}): Promise<SandboxServer> {
  const { port, workerUrl, publicUrl, isFresh = false } = options;
  const sandboxUrl = `http://127.0.0.1:${port}`;
  const world = createWorld({
    startAt: Date.now(),
    ticking: true,
    imageBase: `${sandboxUrl}/pictures`,
    kopisPosterBase: `${sandboxUrl}/kopis`,
    poster: readPoster,
  });
  world.x.app.callbacks.push(`${workerUrl}/login/twitter/callback`);
  world.x.app.allowLocalWebhooks = true;
  world.x.app.requireSubscriptions = isFresh;
  const { app, connectX, connectGitHub } = createSandboxApp(world, {
    workerUrl,
    publicUrl,
    sandboxUrl,
  });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port });
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', reject);
    server.once('listening', () => {
      const bound = server.address();
      if (bound !== null && typeof bound !== 'string') resolve(bound);
    });
  });
  return {
    world,
    url: `http://127.0.0.1:${address.port}`,
    async connect() {
      if (!isFresh) await connectX();
      await connectGitHub();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
