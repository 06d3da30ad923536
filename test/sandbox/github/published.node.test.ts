import { schema as githubSchema } from '@octokit/graphql-schema';
import { buildSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { setUp } from './client.ts';
import { subsetSchema } from './graphql-subset.ts';

const published = githubSchema.idl;

function fieldsOf(schemaText: string): Map<string, string> {
  const schema = buildSchema(schemaText, { assumeValid: true, noLocation: true });
  const fields = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (!(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))) {
      fields.set(type.name, type.toString());
      continue;
    }
    for (const [name, field] of Object.entries(type.getFields())) {
      fields.set(`${type.name}.${name}`, field.type.toString());
      const args = 'args' in field ? field.args : [];
      for (const one of args) fields.set(`${type.name}.${name}(${one.name})`, one.type.toString());
    }
  }
  return fields;
}

test("every field of the built-in schema is in GitHub's published one, with the same type", () => {
  const all = fieldsOf(published);
  const own = fieldsOf(subsetSchema);
  expect(own.size).toBeGreaterThan(150);
  for (const [field, type] of own) expect(`${field}: ${all.get(field)}`).toBe(`${field}: ${type}`);
});

test('queries are checked against the published schema where its text is given', async () => {
  const { query } = setUp({ schema: () => published });
  const good = await query('{ repository(owner: "hana", name: "garden") { nameWithOwner } }');
  expect(good.json).toEqual({ data: { repository: { nameWithOwner: 'hana/garden' } } });
  const wrong = await query('{ repository(owner: "hana", name: "garden") { nameWithOwners } }');
  expect(wrong.json).toMatchObject({
    errors: [{ message: expect.stringMatching(/nameWithOwners/) }],
  });
  const unknown = await query('{ repository(owner: "hana", name: "garden") { diskUsage } }');
  expect(unknown.json).toMatchObject({
    errors: [
      {
        path: ['repository', 'diskUsage'],
        message: expect.stringMatching(/sandbox's GitHub has no/),
      },
    ],
  });
});

test('10,000 repositories are there at once, and 100 heads of them quickly', async () => {
  const { query, github } = setUp({ schema: () => published });
  const filledIn = performance.now();
  github.fill(10_000);
  expect(performance.now() - filledIn).toBeLessThan(1000);
  const ids = github
    .repositories()
    .slice(-100)
    .map(({ branches }) => branches.get('main')?.nodeId);
  const heads = 'query($ids: [ID!]!) { nodes(ids: $ids) { ... on Ref { name target { oid } } } }';
  await query(heads, { ids });
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const from = performance.now();
    expect((await query(heads, { ids })).json).not.toHaveProperty('errors');
    times.push(performance.now() - from);
  }
  expect(Math.min(...times)).toBeLessThan(30);
});
