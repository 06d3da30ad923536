import { schema } from '@octokit/graphql-schema';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import {
  BRANCH_NAMES,
  FITTING,
  headsByNameQuery,
  headsQuery,
  lookUpManyQuery,
  lookUpQuery,
  newsQuery,
} from '../../../../src/platforms/github/api/queries.ts';

const published = buildSchema(schema.idl, { assumeValid: true });

function problems(query: string): string[] {
  return validate(published, parse(query)).map(({ message }) => message);
}

test.each([
  ['heads by node id', headsQuery(0)],
  ['heads with 20 patterns', headsQuery(20)],
  ['more branches of a pattern', FITTING],
  ['branch names', BRANCH_NAMES],
  ['a look-up without a branch', lookUpQuery(0)],
  ['a look-up with 20 candidates', lookUpQuery(20)],
  ['a look-up of 40 repositories', lookUpManyQuery(40)],
  ['heads by name, one by id', headsByNameQuery(['id'])],
  ['heads by name, one by name', headsByNameQuery(['name'])],
  [
    'heads by name, 100 of both kinds',
    headsByNameQuery(Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 'id' : 'name'))),
  ],
  ['the history of one branch', newsQuery(1, false, [])],
  ['the histories of 40 branches, with their merges', newsQuery(40, true, [])],
  ['releases and tags', newsQuery(0, false, [{ releases: true, tags: true }])],
  [
    'all of it together',
    newsQuery(2, true, [
      { releases: true, tags: false },
      { releases: false, tags: true },
    ]),
  ],
])("GitHub's published schema accepts the question for %s", (_name, query) => {
  expect(problems(query)).toEqual([]);
});

test('a question with a field GitHub does not have is noticed by this test', () => {
  expect(problems(headsQuery(0).replace('isPrerelease', 'isPreRelease'))).toHaveLength(1);
});
