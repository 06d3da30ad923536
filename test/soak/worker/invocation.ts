/** What the driver says of an invocation. */
export interface Orders {
  readonly now?: number;
  readonly crash?: Crash;
}

/** The isolate dies at its `at`-th operation (from 1), `before` or `after` it is carried out. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

interface Message {
  readonly id: string;
  readonly body: unknown;
  readonly attempts: number;
  readonly timestamp: number;
}

/** One invocation: what it asked of the world, and when it dies. */
export class Invocation {
  readonly counts = { queries: 0, rowsRead: 0, rowsWritten: 0, kvReads: 0, kvWrites: 0, calls: 0 };
  isDead = false;
  #operations = 0;
  readonly #crash: Crash | undefined;
  readonly #retries = new Map<string, number | null>();

  constructor(crash?: Crash) {
    this.#crash = crash;
  }

  /**
   * Carries out one operation. From its death on everything the invocation tries fails, as with an
   * isolate that is no more.
   */
  async carry<Value>(name: string, carryOut: () => Promise<Value>): Promise<Value> {
    if (this.isDead) throw new IsolateDied();
    this.#operations += 1;
    if (/^[A-Z]+ \S+\.\S+$/.test(name)) this.counts.calls += 1;
    if (this.#operations !== this.#crash?.at) return carryOut();
    if (this.#crash.when === 'after') await carryOut();
    this.isDead = true;
    throw new IsolateDied();
  }

  /** A batch as Cloudflare hands it over; what is to come again is in the record. */
  batch({ queue, messages }: { queue: string; messages: readonly Message[] }): MessageBatch {
    return {
      queue,
      messages: messages.map(({ id, body, attempts, timestamp }) => ({
        id,
        body,
        attempts,
        timestamp: new Date(timestamp),
        ack: () => {},
        retry: ({ delaySeconds } = {}) => {
          this.#retries.set(id, delaySeconds ?? null);
        },
      })),
      metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
      ackAll: () => {},
      retryAll: ({ delaySeconds } = {}) => {
        for (const { id } of messages) this.#retries.set(id, delaySeconds ?? null);
      },
    };
  }

  record() {
    return {
      ...this.counts,
      operations: this.#operations,
      isDead: this.isDead,
      retries: [...this.#retries],
    };
  }
}

class IsolateDied extends Error {
  override readonly name = 'IsolateDied';
}
