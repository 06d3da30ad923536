import * as v from 'valibot';

/** The answer to a deletion; 204 says the same without words. */
export const deletedSchema = v.union([
  v.pipe(
    v.object({ data: v.object({ deleted: v.boolean() }) }),
    v.transform((body) => ({ deleted: body.data.deleted })),
  ),
  v.pipe(
    v.null(),
    v.transform(() => ({ deleted: true })),
  ),
]);
