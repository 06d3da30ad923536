import {
  buildSchema,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';

/** A query that the schema accepts, or what is wrong with it. */
export type Checked =
  | { readonly ok: true; readonly document: DocumentNode }
  | { readonly ok: false; readonly errors: readonly GraphQLError[] };

export interface Documents {
  readonly schema: GraphQLSchema;
  check(query: string): Checked;
}

const mostKept = 200;

/** Building the whole published schema takes a fifth of a second: once for all worlds. */
const built = new Map<string, Documents>();

/** Checks queries against a schema, each text once. */
export function documentsOf(schemaText: string): Documents {
  const before = built.get(schemaText);
  if (before) return before;
  const schema = buildSchema(schemaText, { assumeValid: true, noLocation: true });
  const kept = new Map<string, Checked>();
  const documents: Documents = {
    schema,
    check(query) {
      const known = kept.get(query);
      if (known) return known;
      if (kept.size >= mostKept) kept.clear();
      const checked = checkQuery(schema, query);
      kept.set(query, checked);
      return checked;
    },
  };
  built.set(schemaText, documents);
  return documents;
}

function checkQuery(schema: GraphQLSchema, query: string): Checked {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length === 0 ? { ok: true, document } : { ok: false, errors };
  } catch (error) {
    if (error instanceof GraphQLError) return { ok: false, errors: [error] };
    throw error;
  }
}
