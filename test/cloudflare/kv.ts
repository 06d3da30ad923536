import { Hono } from 'hono';
import * as v from 'valibot';
import { type Account, newId } from './account.ts';
import { answer, answerPage, Refusal } from './answers.ts';

const creation = v.object({ title: v.pipe(v.string(), v.minLength(1), v.maxLength(512)) });
const bulk = v.array(
  v.object({
    key: v.string(),
    value: v.string(),
    metadata: v.optional(v.unknown(), null),
    expiration: v.optional(v.nullable(v.number()), null),
  }),
);
const MOST_KEYS = 3;

/** KV over its REST API: titles are unique in the account. */
export function kvRoutes(account: Account) {
  const app = new Hono();
  const find = (id: string) => {
    const namespace = account.namespaces.get(id);
    if (!namespace) throw new Refusal(10_013, 'namespace not found', 404);
    return namespace;
  };
  const rowOf = (id: string) => ({ id, title: find(id).title, supports_url_encoding: true });
  app.get('/', (c) => answerPage(c, [...account.namespaces.keys()].map(rowOf)));
  app.post('/', async (c) => {
    const { title } = v.parse(creation, await c.req.json());
    if ([...account.namespaces.values()].some((namespace) => namespace.title === title)) {
      throw new Refusal(10_014, 'a namespace with this account ID and title already exists');
    }
    const id = newId();
    account.namespaces.set(id, { title, entries: new Map() });
    return answer(c, rowOf(id));
  });
  app.get('/:id/keys', (c) => {
    const { entries } = find(c.req.param('id'));
    const from = Number(c.req.query('cursor') || 0);
    const keys = [...entries].slice(from, from + MOST_KEYS);
    const next = from + MOST_KEYS < entries.size ? String(from + MOST_KEYS) : '';
    return answer(
      c,
      keys.map(([name, { metadata, expiration }]) => ({
        name,
        ...(metadata !== null && { metadata }),
        ...(expiration !== null && { expiration }),
      })),
      { result_info: { count: keys.length, cursor: next } },
    );
  });
  app.get('/:id/values/:key', (c) => {
    const entry = find(c.req.param('id')).entries.get(c.req.param('key'));
    if (!entry) throw new Refusal(10_009, "get: 'key not found'", 404);
    return c.body(entry.value);
  });
  app.put('/:id/bulk', async (c) => {
    const { entries } = find(c.req.param('id'));
    const rows = v.parse(bulk, await c.req.json());
    for (const { key, ...entry } of rows) entries.set(key, entry);
    return answer(c, { successful_key_count: rows.length, unsuccessful_keys: [] });
  });
  return app;
}
