interface Receiver {
  readonly type: string;
  readonly id: string;
}

interface Task {
  readonly total: number;
  readonly failures: { readonly receiver: Receiver; readonly msg: string; readonly at: number }[];
}

/** What goes wrong for a key that stands for nobody. */
export const unresolved = 'the user key stands for nobody';

/**
 * What became of the messages of each call of the Event API (docs/platforms/kakao.md, Event API).
 */
export function createTasks(now: () => number, background: (work: Promise<unknown>) => void) {
  const tasks = new Map<string, Task>();

  return {
    /** Begins to send, one by one receiver, and gives the answer "accepted". */
    start<To extends Receiver>(
      receivers: readonly To[],
      send: (receiver: To) => Promise<string | null>,
    ): object {
      const taskId = crypto.randomUUID();
      const task: Task = { total: receivers.length, failures: [] };
      tasks.set(taskId, task);
      const work = receivers.map(async (receiver) => {
        const msg = await send(receiver);
        if (msg !== null) task.failures.push({ receiver, msg, at: now() });
      });
      background(Promise.all(work));
      return { taskId, status: 'SUCCESS', timestamp: now() };
    },

    /** The result so far, or null for an unknown task. */
    result(taskId: string): object | null {
      const task = tasks.get(taskId);
      if (!task) return null;
      const { total, failures } = task;
      const unknown = failures.filter(({ msg }) => msg === unresolved).length;
      return {
        taskId,
        status: failures.length === 0 ? 'ALL SUCCESS' : `${failures.length} FAIL`,
        allRequestCount: total,
        successCount: total - failures.length,
        ...(unknown > 0 ? { userKeyResolvingFailCount: unknown } : {}),
        fail: {
          count: failures.length,
          list: failures.map(({ receiver, msg, at }) => ({
            userId: receiver.id,
            reqUserType: receiver.type,
            createdAt: at,
            errorMsg: { errorType: msg === unresolved ? 'USER_KEY' : 'SEND', msg },
          })),
        },
      };
    },
  };
}
