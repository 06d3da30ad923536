import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeSettings, parseSettings, writeValue } from '../../src/cli/settingsFile.ts';

function read(text: string) {
  const { values, problems } = parseSettings(text);
  return { values: Object.fromEntries(values), problems: problems.map(({ en }) => en) };
}

describe('a settings file', () => {
  test.each([
    ['A=b', { A: 'b' }],
    ['  export A = b  \r\nC=d', { A: 'b', C: 'd' }],
    ['# A=b\n\nC=', {}],
    ["A='$HOME $B # c'", { A: '$HOME $B # c' }],
    ['A=$HOME', { A: '$HOME' }],
    ['A="one\\ntwo"', { A: 'one\ntwo' }],
    ['A="one\ntwo" # why\nB=c', { A: 'one\ntwo', B: 'c' }],
    ['A=`it\'s "so"`', { A: 'it\'s "so"' }],
    ['A= # later', {}],
    ["A='  '", {}],
    ['\uFEFFA=b=c=', { A: 'b=c=' }],
  ])('%j gives what it says', (text, values) => {
    expect(read(text)).toEqual({ values, problems: [] });
  });

  test.each([
    ['A=b#c', 'line 1: the value of A holds "#"'],
    ['A', 'line 1: not of the form NAME=value'],
    ["\nA='b", 'line 2: the quotes of A are not closed'],
    ["A='b' c", 'line 1: something stands behind the closing quotes of A'],
    ['A=b\nA=c', 'line 2: A stands twice'],
  ])('%j is refused, for it can be read in two ways', (text, problem) => {
    expect(read(text).problems[0]).toContain(problem);
  });

  test('gives back every value that was written into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        fc.pre(value.trim() !== '' && !value.includes('\r'));
        const written = writeValue(value);
        fc.pre(written !== null);
        const { values, problems } = parseSettings(`# first\nA=${written}\nB=c\n`);
        expect(problems).toEqual([]);
        expect(values.get('A')).toBe(value);
        expect(values.get('B')).toBe('c');
      }),
    );
  });

  test('keeps what its owner wrote when some values change', () => {
    const before = "# mine\nA=old # why\nB='two\nlines'\n";
    const after = changeSettings(
      before,
      new Map([
        ['B', 'new$&'],
        ['C', 'added'],
      ]),
    );
    expect(after).toBe("# mine\nA=old # why\nB='new$&'\nC=added\n");
  });
});
