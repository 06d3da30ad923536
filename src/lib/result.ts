/** An expected failure is a value, not an exception: `ok` tells which. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | ({ readonly ok: false } & Failure);

/** A `switch` over a union that forgot a member fails to compile here. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
