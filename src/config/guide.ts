import type { Runtime } from '../lib/runtime.ts';
import type { Text } from '../lib/text.ts';
import { coreSettings } from './core.ts';
import type { Setting } from './setting.ts';

/**
 * How an owner gets what one room needs: what `npm run setup` asks, in the order things happen. A room
 * that has one exports it as `guide` from its `guide.ts`; the Worker itself knows none.
 */
export interface Guide {
  /** Smaller ones are shown first. */
  readonly position: number;
  readonly title: Text;
  readonly minutes: number;
  readonly cost: Text;
  /** What to do on which screen of which console, before the values are asked for. */
  readonly steps: readonly Text[];
  readonly asks: readonly Setting[];
  /** Secrets of the owner's own choice: made by chance unless one is given. */
  readonly makes: readonly Setting[];
  readonly find?: Finder;
  /** Tries the values by a call; `null` when there is nothing to try yet. */
  readonly check: (tools: GuideTools) => Promise<Checked | null>;
  /** What is left to do once the bot has its address, which stands for `{origin}`. */
  readonly later: readonly Text[];
}

/** Finds a value that nobody knows by heart. */
export interface Finder {
  readonly setting: Setting;
  readonly question: Text;
  /** What is found; `null` when nobody could be asked. */
  readonly search: (
    text: string,
    tools: GuideTools,
  ) => Promise<readonly { readonly value: string; readonly label: string }[] | null>;
}

export interface GuideTools {
  /** What is set, or the default; blank when there is neither. */
  readonly value: (setting: Setting) => string;
  readonly runtime: Runtime;
}

/** What a trial call showed. */
export interface Checked {
  readonly state: 'good' | 'bad' | 'unknown';
  readonly words: Text;
}

/** The trial call did not get through: the values may be right. */
export const UNREACHED: Checked = {
  state: 'unknown',
  words: {
    ko: '닿지 않아서 확인하지 못했어요',
    en: 'could not be reached, so nothing was checked',
  },
};

/** @param ko in Korean; `en` the same in English */
export function bad(ko: string, en: string): Checked {
  return { state: 'bad', words: { ko, en } };
}

/** @param ko in Korean; `en` the same in English */
export function good(ko: string, en: string): Checked {
  return { state: 'good', words: { ko, en } };
}

const { adminPassword, tokenKey, apiKey, contact } = coreSettings.declared;

/** What every bot has, whatever it is connected to. */
export const guide: Guide = {
  position: 0,
  title: { ko: '주인의 열쇠', en: 'The owner’s keys' },
  minutes: 1,
  cost: { ko: '무료', en: 'free' },
  steps: [
    {
      ko: '/admin을 여는 비밀번호는 Enter를 누르면 만들어 드려요. CONTACT에는 봇이 읽는 페이지의 주인이 연락할 메일이나 주소를 적어요.',
      en: 'Press Enter and the password of /admin is made for you. CONTACT is a mail or web address for the keepers of the pages the bot reads.',
    },
  ],
  asks: [contact],
  makes: [tokenKey, adminPassword, apiKey],
  check: async () => null,
  later: [
    {
      ko: '{origin}/admin/owner에서 번호를 받아 아무 채널에서나 봇에게 그대로 보내면, 문제가 생길 때 그리로 알려 드려요.',
      en: 'Get a code on {origin}/admin/owner and say it to the bot on any channel: trouble is then told there.',
    },
  ],
};
