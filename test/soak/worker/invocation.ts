/** What the driver says of an invocation. */
export interface Orders {
  readonly now?: number;
  readonly crash?: Crash;
  /** How long a call to a platform takes. */
  readonly callMs?: number;
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

/** So many characters of a statement tell which one it is. */
const SHOWN = 120;

/** One invocation: what it asked of the world, and when it dies. */
export class Invocation {
  readonly #statements = new Map<string, [times: number, read: number, written: number]>();
  readonly counts = { queries: 0, rowsRead: 0, rowsWritten: 0, kvReads: 0, kvWrites: 0, calls: 0 };
  isDead = false;
  #operations = 0;
  readonly callMs: number;
  readonly #crash: Crash | undefined;
  readonly #retries = new Map<string, number | null>();

  constructor({ crash, callMs = 0 }: Orders) {
    this.#crash = crash;
    this.callMs = callMs;
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

  /** A statement of D1 that was carried out. */
  count(sql: string, read: number, written: number): void {
    this.counts.queries += 1;
    this.counts.rowsRead += read;
    this.counts.rowsWritten += written;
    const said = sql.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN);
    const [times, itsRead, itsWritten] = this.#statements.get(said) ?? [0, 0, 0];
    this.#statements.set(said, [times + 1, itsRead + read, itsWritten + written]);
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
      statements: [...this.#statements].map(([sql, counts]) => [sql, ...counts] as const),
    };
  }
}

class IsolateDied extends Error {
  override readonly name = 'IsolateDied';
}
