import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';

export interface Cost {
  /** Points of the hourly budget. */
  readonly points: number;
  /** How many nodes the connections may give at most. */
  readonly nodeCount: number;
}

export interface CostProblem {
  readonly type: string;
  readonly message: string;
  readonly path: readonly string[];
}

type Variables = Readonly<Record<string, unknown>>;

const mostNodes = 500_000;

/**
 * What a query costs, before it runs: the requests that its connections would take, summed,
 * through 100, rounded, at least 1 (docs/platforms/github.md, GraphQL). Or why GitHub would not run
 * it.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): Cost | { readonly problem: CostProblem } {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  const variables: Variables = { ...Object.fromEntries(defaults), ...given };
  let requests = 0;
  let nodeCount = 0;
  let problem: CostProblem | null = null;

  function walk(set: SelectionSetNode, typeName: string, times: number, path: string[]): void {
    for (const one of set.selections) {
      if (isLeftOut(one, variables)) continue;
      if (one.kind === Kind.FIELD) walkField(one, typeName, times, path);
      else if (one.kind === Kind.INLINE_FRAGMENT) {
        walk(one.selectionSet, one.typeCondition?.name.value ?? typeName, times, path);
      } else {
        const fragment = fragments.get(one.name.value);
        if (fragment) walk(fragment.selectionSet, fragment.typeCondition.name.value, times, path);
      }
    }
  }

  function walkField(field: FieldNode, typeName: string, times: number, above: string[]): void {
    const parent = schema.getType(typeName);
    const name = field.name.value;
    if (!field.selectionSet || !(isObjectType(parent) || isInterfaceType(parent))) return;
    const definition = parent.getFields()[name];
    if (!definition) return;
    const path = [...above, field.alias?.value ?? name];
    const typeOfField = getNamedType(definition.type).name;
    const values = argumentsOf(field, variables);
    if (!typeOfField.endsWith('Connection')) {
      const ids = name === 'nodes' && Array.isArray(values['ids']) ? values['ids'].length : 1;
      walk(field.selectionSet, typeOfField, times * ids, path);
      return;
    }
    const size = values['first'] ?? values['last'];
    problem ??= sizeProblem(name, size, 'first' in values ? 'first' : 'last', path);
    requests += times;
    nodeCount += times * Number(size);
    walk(field.selectionSet, typeOfField, times * Number(size), path);
  }

  walk(operation.selectionSet, schema.getQueryType()?.name ?? 'Query', 1, ['query']);
  if (problem) return { problem };
  if (nodeCount > mostNodes) {
    const wanted = nodeCount.toLocaleString('en-US');
    const message = `This query requests up to ${wanted} possible nodes which exceeds the maximum limit of 500,000.`;
    return { problem: { type: 'MAX_NODE_LIMIT_EXCEEDED', message, path: ['query'] } };
  }
  return { points: Math.max(1, Math.round(requests / 100)), nodeCount };
}

/** `@include(if: false)` and `@skip(if: true)`. */
function isLeftOut({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.some((directive) => {
    const isAsked = argumentsOf(directive, variables)['if'] === true;
    return directive.name.value === (isAsked ? 'skip' : 'include');
  });
}

function argumentsOf(field: FieldNode | DirectiveNode, variables: Variables): Variables {
  const given = (field.arguments ?? []).map(
    ({ name, value }) => [name.value, valueFromASTUntyped(value, { ...variables })] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== null));
}

function sizeProblem(
  name: string,
  size: unknown,
  argument: string,
  path: readonly string[],
): CostProblem | null {
  if (size === undefined) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`;
    return { type: 'MISSING_PAGINATION_BOUNDARIES', message, path };
  }
  if (typeof size !== 'number' || size < 1 || size > 100) {
    const message = `Requesting ${JSON.stringify(size)} records on the \`${name}\` connection exceeds the \`${argument}\` limit of 100 records.`;
    return { type: 'EXCESSIVE_PAGINATION', message, path };
  }
  return null;
}
