import type { KakaoContext } from './types.ts';

/** A person's tie to the app: they agreed to something once and did not take all of it back. */
export interface Link {
  /** Epoch milliseconds. */
  readonly linkedAt: number;
  readonly scopes: ReadonlySet<string>;
}

export type Links = ReturnType<typeof createLinks>;

/** Who is linked to the app, and what each agreed to. */
export function createLinks({ now }: Pick<KakaoContext, 'now'>) {
  const links = new Map<string, Link>();

  return {
    of: (personId: string): Link | null => links.get(personId) ?? null,

    /** Adds scopes to what the person agreed to before. */
    agree(personId: string, scopes: readonly string[]): Link {
      const present = links.get(personId);
      const link = {
        linkedAt: present?.linkedAt ?? now(),
        scopes: new Set([...(present?.scopes ?? []), ...scopes]),
      };
      links.set(personId, link);
      return link;
    },

    withdraw(personId: string, scopes: readonly string[]): void {
      const link = links.get(personId);
      if (!link) return;
      const left = [...link.scopes].filter((scope) => !scopes.includes(scope));
      links.set(personId, { ...link, scopes: new Set(left) });
    },

    /** False when the person was not linked. */
    remove: (personId: string): boolean => links.delete(personId),
  };
}
