import { GraphQLError } from 'graphql';
import type { Caller } from './access.ts';
import { userFields } from './graphql-commits.ts';
import type { Cost } from './graphql-cost.ts';
import type { Arguments, Fields } from './graphql-fields.ts';
import { nodeFields, repositoryFields } from './graphql-repository.ts';
import { isoTime } from './json.ts';
import type { Repositories } from './repositories.ts';
import { fullNameOf, type Repository } from './types.ts';

const mostIds = 100;

/** The query's own fields, as one caller sees them. */
export function createRoot(repositories: Repositories, caller: Caller, cost: Cost): Fields {
  function nodeOf(id: string): Fields | GraphQLError {
    const node = repositories.nodes.get(id);
    if (!node || !caller.canSee(node.repository)) {
      return failure('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
    }
    return conditionOf(node.repository) ?? nodeFields(node);
  }

  return {
    node: ({ id }: Arguments) => nodeOf(String(id)),
    nodes: ({ ids }: Arguments) => {
      const list: readonly unknown[] = Array.isArray(ids) ? ids : [];
      if (list.length <= mostIds) return list.map((id) => nodeOf(String(id)));
      const message = `You may not provide more than ${mostIds} node ids; you provided ${list.length}.`;
      throw failure('ARGUMENT_LIMIT', message);
    },
    repository: ({ owner, name, followRenames }: Arguments) => {
      const asked = `${String(owner)}/${String(name)}`;
      const found = repositories.find(asked);
      const isOldName = found && fullNameOf(found).toLowerCase() !== asked.toLowerCase();
      if (!found || !caller.canSee(found) || (isOldName && followRenames === false)) {
        const message = `Could not resolve to a Repository with the name '${asked}'.`;
        return failure('NOT_FOUND', message);
      }
      return conditionOf(found) ?? repositoryFields(found);
    },
    user: ({ login }: Arguments) => {
      if (repositories.starredBy(String(login)) !== null) return userFields(String(login));
      const message = `Could not resolve to a User with the login of '${String(login)}'.`;
      return failure('NOT_FOUND', message);
    },
    rateLimit: () => {
      const { limit, remaining, resetAt } = caller.buckets.graphql;
      const { points, nodeCount } = cost;
      const used = limit - remaining;
      return { cost: points, limit, nodeCount, remaining, used, resetAt: isoTime(resetAt) };
    },
  };
}

function conditionOf({ condition }: Repository): GraphQLError | null {
  if (condition === 'blocked') return failure('FORBIDDEN', 'Repository access blocked');
  if (condition === 'ok') return null;
  return new GraphQLError('Something went wrong while executing your query.');
}

function failure(type: 'NOT_FOUND' | 'FORBIDDEN' | 'ARGUMENT_LIMIT', message: string) {
  return new GraphQLError(message, { extensions: { type } });
}
