import { hex } from '../../../src/lib/encoding.ts';
import { fromBase64, hmacBase64, utf8 } from '../bytes.ts';
import { answerInTime, type Deliver } from '../x/crc.ts';
import { type Emit, pingPayload } from './events.ts';
import type { Ids } from './ids.ts';
import type { Repository } from './types.ts';

export interface Hook {
  readonly id: number;
  readonly repositoryId: number;
  readonly url: string;
  readonly secret: string;
  readonly events: readonly string[];
}

/** One event on its way to one webhook, as the settings page lists it. */
export interface Delivery {
  readonly id: number;
  /** `X-GitHub-Delivery`, the same when it is sent again. */
  readonly guid: string;
  readonly hook: Hook;
  readonly event: string;
  readonly payload: object;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly isRedelivery: boolean;
  /** Null: no answer within 10 seconds. */
  readonly status: number | null;
}

const allEvents = ['push', 'release', 'repository', 'create', 'delete'] as const;

/**
 * Webhooks: signed, 10 seconds to answer, never repeated by themselves (section 6).
 *
 * @param hooksOfApps those of the apps that are installed on a repository
 */
export function createHooks(
  ids: Ids,
  now: () => number,
  hooksOfApps: (repository: Repository) => readonly Hook[],
) {
  const hooks: Hook[] = [];
  const deliveries: Delivery[] = [];
  let network: Deliver | null = null;
  let working: Promise<unknown> = Promise.resolve();

  async function requestOf({ hook, guid, event, payload }: Omit<Delivery, 'status'>) {
    const body = utf8(JSON.stringify(payload));
    const signature = fromBase64(await hmacBase64('SHA-256', hook.secret, body));
    return new Request(hook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'GitHub-Hookshot/sandbox',
        'x-github-event': event,
        'x-github-delivery': guid,
        'x-github-hook-id': String(hook.id),
        'x-hub-signature-256': `sha256=${hex(signature ?? new Uint8Array())}`,
      },
      body,
    });
  }

  async function send(made: Omit<Delivery, 'status' | 'id' | 'at'>): Promise<Response | null> {
    const delivery = { ...made, id: ids.next(), at: now() };
    const request = await requestOf(delivery);
    const answer = network ? await answerInTime(network, request, now).catch(() => null) : null;
    deliveries.push({ ...delivery, status: answer?.status ?? null });
    return answer;
  }

  function enqueue(hook: Hook, event: string, payload: object): Promise<Response | null> {
    const guid = crypto.randomUUID();
    const sent = working.then(() => send({ guid, hook, event, payload, isRedelivery: false }));
    working = sent;
    return sent;
  }

  const emit: Emit = (repository, event) => {
    const own = hooks.filter(({ repositoryId }) => repositoryId === repository.id);
    const of = [...own, ...hooksOfApps(repository)];
    if (of.length === 0) return;
    const { name, payload } = event();
    for (const hook of of) if (hook.events.includes(name)) void enqueue(hook, name, payload);
  };

  return {
    emit,
    deliveries,

    reachBy(deliver: Deliver): void {
      network = deliver;
    },

    /** Adds a webhook to a repository and pings it; gives the answer to the ping. */
    connect(
      repository: Repository,
      url: string,
      secret: string,
      events: readonly string[] = allEvents,
    ): Promise<Response | null> {
      const hook = { id: ids.next(), repositoryId: repository.id, url, secret, events };
      hooks.push(hook);
      return enqueue(hook, 'ping', pingPayload(repository, hook));
    },

    /** The same bytes under the same guid once more; default: the last delivery. */
    async redeliver(id?: number): Promise<Response | null> {
      const found = id === undefined ? deliveries.at(-1) : deliveries.find((one) => one.id === id);
      if (!found) throw new Error('There is no such delivery.');
      const { guid, hook, event, payload } = found;
      return await send({ guid, hook, event, payload, isRedelivery: true });
    },

    /** Resolves when everything that happened was delivered. */
    async settled(): Promise<void> {
      let seen: Promise<unknown> | null = null;
      while (seen !== working) {
        seen = working;
        await seen;
      }
    },
  };
}
