import { schema } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import {
  BRANCH_NAMES,
  HEADS,
  headsByNameQuery,
  historiesQuery,
  lookUpQuery,
} from '../../../../src/platforms/github/api/queries.ts';

const published = buildSchema(schema.idl, { assumeValid: true });

function problems(query: string): string[] {
  return validate(published, parse(query)).map(({ message }) => message);
}

test.each([
  ['heads by node id', HEADS],
  ['branch names', BRANCH_NAMES],
  ['a look-up without a branch', lookUpQuery(0)],
  ['a look-up with 20 candidates', lookUpQuery(20)],
  ['heads by name, one by id', headsByNameQuery(['id'])],
  ['heads by name, one by name', headsByNameQuery(['name'])],
  [
    'heads by name, 100 of both kinds',
    headsByNameQuery(Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 'id' : 'name'))),
  ],
  ['the history of one branch', historiesQuery(1)],
  ['the histories of 40 branches', historiesQuery(40)],
])("GitHub's published schema accepts the question for %s", (_name, query) => {
  expect(problems(query)).toEqual([]);
});

test('a question with a field GitHub does not have is noticed by this test', () => {
  expect(problems(HEADS.replace('isPrerelease', 'isPreRelease'))).toHaveLength(1);
});
