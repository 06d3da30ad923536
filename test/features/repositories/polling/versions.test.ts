import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isPrereleaseTag,
  versionsOf,
} from '../../../../src/features/repositories/polling/releases.ts';

const stepOf = (tag: string, others: readonly string[]) => versionsOf(others).stepOf(tag);

describe('the step of a version', () => {
  test.each<[string, string[], ReturnType<typeof stepOf>]>([
    ['v2.0.0', ['v1.9.3', 'v1.9.2'], 'major'],
    ['v1.10.0', ['v1.9.3'], 'minor'],
    ['v1.9.4', ['v1.9.3'], 'patch'],
    ['1.2', ['1.1'], 'minor'],
    ['v3', ['v2'], 'major'],
    ['3.0', ['2.7.1'], 'major'],
    ['go1.24.0', ['go1.23.5'], 'minor'],
    ['release-2026.11.01', ['release-2026.10.01'], 'minor'],
    ['v1.2.3+build.7', ['v1.2.2'], 'patch'],
    // A fix of an old line is none of the newest one's.
    ['v1.9.4', ['v2.1.0', 'v1.9.3'], 'patch'],
    ['v2.1.0', ['v2.0.3', 'v1.9.9'], 'minor'],
    // Packages of a monorepo count for themselves.
    ['@scope/core@2.0.0', ['@scope/core@1.4.0', '@scope/web@2.3.0'], 'major'],
    ['web-v1.3.1', ['core-v1.0.0', 'web-v1.3.0'], 'patch'],
    ['pkg2-v1.1.0', ['pkg2-v1.0.0'], 'minor'],
    // A pre-release leads to its version, and is compared with other pre-releases too.
    ['v2.0.0-rc.1', ['v1.9.3'], 'major'],
    ['v2.0.0-rc.2', ['v2.0.0-rc.1', 'v1.9.3'], 'patch'],
    ['v2.0.0', ['v2.0.0-rc.2', 'v1.9.3'], 'major'],
    ['1.1.0rc1', ['1.0.0'], 'minor'],
    // Nothing below is known: its own zeros tell.
    ['v4.0.0', [], 'major'],
    ['v4.1.0', ['v5.0.0'], 'minor'],
    ['v4.1.7', [], 'patch'],
    ['nightly', ['v1.0.0'], null],
    ['', [], null],
    ['최신', ['v1.0.0'], null],
  ])('of %s after %j is %s', (tag, others, step) => {
    expect(stepOf(tag, others)).toBe(step);
  });

  test('is that of the first part that grew, whatever the prefix', () => {
    const part = fc.nat(40);
    const prefix = fc.constantFrom('', 'v', 'core-v', '@scope/pkg@', 'release/');
    fc.assert(
      fc.property(prefix, part, part, part, (text, major, minor, patch) => {
        const now = `${text}${major}.${minor}.${patch}`;
        expect(stepOf(`${text}${major + 1}.0.0`, [now])).toBe('major');
        expect(stepOf(`${text}${major}.${minor + 1}.0`, [now])).toBe('minor');
        expect(stepOf(`${text}${major}.${minor}.${patch + 1}`, [now])).toBe('patch');
      }),
    );
  });

  test('is found in any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (tag, others) => {
        expect(['major', 'minor', 'patch', null]).toContain(stepOf(tag, others));
      }),
    );
  });
});

test.each([
  ['v2.0.0-rc.1', true],
  ['2.0.0b3', true],
  ['v2.0.0.dev4', true],
  ['pkg@3.1.0-alpha.0', true],
  ['nightly', true],
  ['v2.0.0', false],
  ['go1.24', false],
  ['v1.2.3-1', false],
  ['1.4.0-final', false],
  ['33.2.0-jre', false],
  ['main', false],
])('a tag %s says that it is a pre-release: %s', (tag, isPrerelease) => {
  expect(isPrereleaseTag(tag)).toBe(isPrerelease);
});
