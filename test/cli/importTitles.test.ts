import * as v from 'valibot';
import { expect, test } from 'vitest';
import { titlesFile } from '../../src/cli/import/titles.ts';
import { backupFile } from '../../src/store/backupFile.ts';

test('posted titles become a file that the bot imports, each once', () => {
  const file = titlesFile('위쳐@_늑대의_악몽.png\n위쳐: 늑대의 악몽,2021-08-23\n\n881\n', 0);
  const { titles } = v.parse(backupFile([]), JSON.stringify(file));
  expect(titles).toMatchObject([
    {
      title: '위쳐: 늑대의 악몽',
      titleKey: '위쳐늑대의악몽',
      startsOn: '2021-08-23',
      announcedAt: 0,
    },
    { title: '881', startsOn: '1970-01-01' },
  ]);
});
