import { choose } from '../../../src/bot/talk/grammar/choose.ts';
import { parse } from '../../../src/bot/talk/grammar/parse.ts';
import { firstValue, has, type Utterance } from '../../../src/bot/talk/grammar/utterance.ts';
import { languageWished } from '../../../src/bot/talk/intents.ts';
import { lexiconOf } from '../../../src/bot/talk/understand.ts';
import { factsWanted } from '../../../src/features/cats/cats.ts';
import { readAsked } from '../../../src/features/menu/words.ts';
import {
  findAddresses,
  findNames,
  findStars,
  placeOfWhich,
  whichOf,
} from '../../../src/features/repositories/talk/find.ts';
import { optionWords } from '../../../src/features/repositories/talk/settings.ts';
import { newName } from '../../../src/features/repositories/talk/welcome.ts';
import { readWish } from '../../../src/features/repositories/talk/wish.ts';
import { findPasted, pastedIn } from '../../../src/features/repositories/watching/pasted.ts';
import { addDays } from '../../../src/lib/time.ts';
import { parseRepositoryAddress } from '../../../src/platforms/github/api/addresses.ts';
import { talkBook } from '../../../src/wire.ts';
import type { Row } from './rows.ts';

/** Counted from in all tables. A Sunday. */
export const TODAY = '2026-11-29';

const HELLO = ['hello', 'hana/hello'];
const LAB = ['lab', 'hana/lab'];
const KOREAN = [
  ['헬로', 'hana/hello'],
  ['실험실', 'hana/lab'],
];

/** What somebody in a context watches. */
const WATCHES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  one: [HELLO],
  'q-forget': [HELLO],
  two: [HELLO, LAB],
  paused: [HELLO, LAB],
  'q-unwatch': [HELLO, LAB],
  twok: KOREAN,
};

/** What was answered right before. */
const AFTER: Readonly<Record<string, string>> = {
  'after-cat': 'cat',
  'after-netflix': 'netflix',
  'after-menu': 'menu',
};

/** The intents of the bot that do what a row's intent means; not listed: the one of that name. */
const INTENTS: Readonly<Record<string, readonly string[]>> = {
  'menu-week': ['menu'],
  'menu-on': ['menu-alerts'],
  'menu-off': ['menu-alerts', 'alerts-off'],
  'netflix-on': ['netflix-alerts'],
  'netflix-off': ['netflix-alerts'],
  'watch-ask': ['watch'],
  'unwatch-ask': ['unwatch'],
  quiet: ['pause', 'unwatch'],
  lang: ['language'],
  'quiet-hours': ['quiet'],
  keep: ['no'],
  no: ['no', 'cancel'],
  unknown: ['unknown'],
};

const OPTIONS: Readonly<Record<string, string>> = {
  releases: '릴리스만',
  commits: '커밋만',
  both: '모두',
  daily9: '매일 9시',
  hourly: '매시간',
  noprerelease: '프리릴리스 제외',
};

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MEALS = ['breakfast', 'lunch', 'dinner'];

/** What the grammar makes of a row: blank when it is right. */
export function judge(row: Row): string {
  const names = WATCHES[row.context] ?? [];
  const utterance = parse(row.utterance, lexiconOf(talkBook.vocabularies), [
    findPasted,
    findStars,
    findAddresses,
    findNames(names),
  ]);
  const chosen = choose(utterance, talkBook.intents, AFTER[row.context] ?? null);
  const id = chosen?.intent.id ?? 'unknown';
  const wanted = INTENTS[row.intent] ?? [row.intent];
  if (!wanted.includes(id)) return `utterance as ${id}`;
  return problemOf(row, id, utterance, names);
}

function problemOf(
  row: Row,
  id: string,
  utterance: Utterance,
  names: readonly (readonly string[])[],
): string {
  const { intent, arguments: wanted } = row;
  switch (id) {
    case 'cat':
      return differs(String(Math.min(5, factsWanted(utterance))), wanted['count'] ?? '1');
    case 'menu':
      return menuProblem(intent, wanted, utterance);
    case 'watch':
      return watchProblem(intent, wanted, utterance);
    case 'watch-list':
      return (
        differs(
          String(pastedIn(utterance.text)?.repositories.length ?? ''),
          wanted['count'] ?? '',
        ) || differs(firstValue(utterance, 'login') ?? undefined, wanted['login'])
      );
    case 'language':
      return differs(languageWished(utterance), wanted['to']);
    case 'netflix':
      return differs(wanted['when'] === 'week', has(utterance, 'week'));
    case 'menu-alerts':
    case 'netflix-alerts':
      return differs(
        has(utterance, 'off', 'not', 'no', 'remove', 'pause', 'cancel'),
        intent.endsWith('-off'),
      );
    case 'rename':
      return (
        whichProblem(wanted, utterance, names) ||
        differs(newName(utterance, placeOfWhich(utterance)), wanted['nick'])
      );
    case 'settings':
      return (
        whichProblem(wanted, utterance, names) ||
        differs(optionWords(utterance), OPTIONS[wanted['set'] ?? ''] ?? '')
      );
    case 'status':
    case 'unwatch':
    case 'pause':
      return whichProblem(wanted, utterance, names);
    case 'resume': {
      // Of the only one that is paused nobody need say which.
      const paused = row.context === 'paused' ? names.slice(0, 1) : names;
      const isNamed = whichProblem(wanted, utterance, names) === '';
      return isNamed ? '' : whichProblem(wanted, utterance, paused);
    }
    default:
      return '';
  }
}

function menuProblem(intent: string, wanted: Row['arguments'], utterance: Utterance): string {
  const { day, meal, isWeek } = readAsked(utterance, TODAY);
  if (intent === 'menu-week') return differs(isWeek, true);
  const offset = wanted['day'];
  const wantedDay =
    offset === undefined
      ? // Today's lunch, and lunch, are the same.
        day === TODAY
        ? TODAY
        : null
      : addDays(TODAY, WEEKDAYS.includes(offset) ? WEEKDAYS.indexOf(offset) : Number(offset));
  const wantedMeal = MEALS[Number(wanted['meal']) - 1] ?? null;
  return differs(day, wantedDay) || differs(meal, wantedMeal) || differs(isWeek, false);
}

function watchProblem(intent: string, wanted: Row['arguments'], utterance: Utterance): string {
  const { addresses, branch, nickname } = readWish(utterance);
  const [address] = addresses;
  if (intent === 'watch-ask') return differs(address, undefined);
  const parsed = parseRepositoryAddress(address ?? '');
  const repository = parsed.ok ? `${parsed.value.owner}/${parsed.value.name}` : '';
  const inAddress = parsed.ok ? parsed.value.branch : null;
  return (
    differs(repository, wanted['repo']) ||
    differs(branch ?? inAddress ?? undefined, wanted['branch']) ||
    differs(nickname ?? undefined, wanted['nick'])
  );
}

function whichProblem(
  wanted: Row['arguments'],
  utterance: Utterance,
  names: readonly (readonly string[])[],
): string {
  const watches = names.map(([nickname = '', fullName = '']) => {
    const [owner = '', name = ''] = fullName.split('/');
    return { nickname, repository: { owner, name }, branch: { name: 'main' } };
  });
  const which = whichOf(utterance, watches);
  if (which.kind === 'none') {
    const isFree = [undefined, 'any'].includes(wanted['which']) || watches.length === 1;
    return isFree ? '' : 'names no watch';
  }
  const [first] = which.kind === 'some' ? which.watches : [];
  const told = which.kind === 'some' && which.watches.length > 1 ? 'all' : first?.repository.name;
  return differs(told, wanted['which']);
}

function differs(told: unknown, wanted: unknown): string {
  return told === wanted ? '' : `${JSON.stringify(told)} instead of ${JSON.stringify(wanted)}`;
}
