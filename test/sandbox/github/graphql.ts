import {
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLFormattedError,
  getOperationAST,
} from 'graphql';
import * as v from 'valibot';
import type { Caller, FindCaller } from './access.ts';
import type { Calls } from './github-sandbox.ts';
import { type Cost, costOf } from './graphql-cost.ts';
import { type Documents, documentsOf } from './graphql-documents.ts';
import { createRoot } from './graphql-root.ts';
import { type Limits, limitHeaders } from './limits.ts';
import { notFound, noUserAgent, primaryLimit, problem, secondaryLimit } from './problems.ts';
import type { Repositories } from './repositories.ts';

export interface GraphQLOptions {
  readonly repositories: Repositories;
  readonly findCaller: FindCaller;
  readonly limits: Limits;
  readonly calls: Calls;
  /** Text of the schema that queries are checked against. */
  readonly schema: () => Promise<string> | string;
}

const bodySchema = v.object({
  query: v.string(),
  variables: v.nullish(v.record(v.string(), v.unknown()), {}),
  operationName: v.nullish(v.string()),
});

type Body = v.InferOutput<typeof bodySchema>;

/** `POST /graphql` (docs/platforms/github.md). */
export function createGraphQL(options: GraphQLOptions): (request: Request) => Promise<Response> {
  const { repositories, findCaller, limits, calls } = options;

  /** What the body says once the query is accepted, or the errors in its place. */
  async function run(documents: Documents, body: Body, caller: Caller): Promise<object> {
    const { query, operationName } = body;
    const variables = body.variables ?? {};
    const checked = documents.check(query);
    if (!checked.ok) return { errors: checked.errors.map(plainError) };
    const { schema } = documents;
    const operation = getOperationAST(checked.document, operationName);
    if (!operation) return { errors: [{ message: 'No operation named in operationName.' }] };
    const cost = costOf(schema, checked.document, operation, variables);
    if ('problem' in cost) return { errors: [cost.problem] };
    spend(caller, cost);
    const { data, errors } = await execute({
      schema,
      document: checked.document,
      rootValue: createRoot(repositories, caller, cost),
      variableValues: variables,
      ...(operationName && { operationName }),
      fieldResolver: resolveField,
    });
    if (!errors) return { data };
    // Variables of a wrong type: nothing ran.
    return data === undefined
      ? { errors: errors.map(plainError) }
      : { data, errors: errors.map(typedError) };
  }

  function spend({ buckets }: Caller, { points }: Cost): void {
    const bucket = buckets.graphql;
    bucket.remaining = Math.max(0, bucket.remaining - points);
    calls.points += points;
  }

  return async (request) => {
    if (!request.headers.get('user-agent')) return noUserAgent();
    calls.graphql += 1;
    if (request.method !== 'POST') return notFound();
    const caller = findCaller(request);
    if (!caller) return problem(401, 'Bad credentials');
    if (caller.kind === 'anonymous') {
      return problem(401, 'This endpoint requires you to be authenticated.');
    }
    const slow = limits.tooFast(caller.name, 'graphql');
    const bucket = limits.open(caller.buckets.graphql);
    const headers: Record<string, string> = limitHeaders('graphql', bucket);
    if (slow) {
      if (slow.retryAfterSeconds !== null) headers['retry-after'] = String(slow.retryAfterSeconds);
      if (slow.status !== 200) return problem(slow.status, secondaryLimit, headers);
      return Response.json({ errors: [{ message: secondaryLimit }] }, { headers });
    }
    if (bucket.remaining <= 0) {
      const errors = [{ type: 'RATE_LIMITED', message: primaryLimit }];
      return Response.json({ errors }, { headers });
    }
    const json: unknown = await request.json().catch(() => null);
    if (json === null) return problem(400, 'Problems parsing JSON', headers);
    const body = v.safeParse(bodySchema, json);
    if (!body.success) {
      return problem(400, 'A query attribute must be specified and must be a string.', headers);
    }
    const documents = documentsOf(await options.schema());
    const answer = await run(documents, body.output, caller);
    return Response.json(answer, { headers: limitHeaders('graphql', bucket) });
  };
}

/** A field the sandbox has no answer for is an error of the sandbox, never a silent null. */
const resolveField: GraphQLFieldResolver<unknown, unknown> = (source, args, _context, info) => {
  const value: unknown = Reflect.get(Object(source), info.fieldName);
  if (value === undefined) {
    throw new Error(`The sandbox's GitHub has no ${info.parentType.name}.${info.fieldName}.`);
  }
  return typeof value === 'function' ? value(args) : value;
};

function plainError({ message, locations }: GraphQLError): GraphQLFormattedError {
  return { message, ...(locations && { locations }) };
}

/** GitHub puts the type beside the message. */
function typedError({ message, locations, path, extensions }: GraphQLError): object {
  const type: unknown = extensions['type'];
  return { ...(typeof type === 'string' && { type }), path, locations, message };
}
