import type { XContext } from './types.ts';

export interface ActivityFilter {
  readonly user_id?: string | undefined;
  readonly keyword?: string | undefined;
  readonly direction?: 'inbound' | 'outbound' | undefined;
}

/** A subscription of the X Activity API: one event type of one user. */
export interface ActivitySubscription {
  readonly id: string;
  readonly eventType: string;
  readonly filter: ActivityFilter;
  readonly tag: string | undefined;
  readonly webhookId: string | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewSubscription = Pick<
  ActivitySubscription,
  'eventType' | 'filter' | 'tag' | 'webhookId'
>;

export type ActivityStore = ReturnType<typeof createActivityStore>;

/** The app's X Activity subscriptions, oldest first. */
export function createActivityStore(context: XContext) {
  let kept: readonly ActivitySubscription[] = [];

  function remove(isGone: (one: ActivitySubscription) => boolean): number {
    const before = kept.length;
    kept = kept.filter((one) => !isGone(one));
    return before - kept.length;
  }

  return {
    remove,
    list: (): readonly ActivitySubscription[] => kept,
    find: (id: string): ActivitySubscription | null => kept.find((one) => one.id === id) ?? null,
    /** The one that is the same but for its tag. */
    twin: ({ eventType, filter, webhookId }: NewSubscription): ActivitySubscription | null =>
      kept.find(
        (one) =>
          one.eventType === eventType &&
          one.webhookId === webhookId &&
          one.filter.user_id === filter.user_id &&
          one.filter.keyword === filter.keyword &&
          one.filter.direction === filter.direction,
      ) ?? null,
    add(subscription: NewSubscription): ActivitySubscription {
      const now = context.now();
      const added = { ...subscription, id: context.nextId(), createdAt: now, updatedAt: now };
      kept = [...kept, added];
      return added;
    },
    /** Puts another tag or webhook in the place of the present ones. */
    change(
      one: ActivitySubscription,
      { tag = one.tag, webhookId = one.webhookId }: Partial<NewSubscription>,
    ): ActivitySubscription {
      const changed = { ...one, tag, webhookId, updatedAt: context.now() };
      kept = kept.map((other) => (other === one ? changed : other));
      return changed;
    },
    /** Subscriptions that an event of a user meets. */
    meeting: (
      eventType: string,
      userId: string,
      direction?: 'inbound' | 'outbound',
    ): readonly ActivitySubscription[] =>
      kept.filter(
        (one) =>
          one.eventType === eventType &&
          one.filter.user_id === userId &&
          (one.filter.direction === undefined ||
            direction === undefined ||
            one.filter.direction === direction),
      ),
  };
}
