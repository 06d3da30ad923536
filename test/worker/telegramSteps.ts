import { expect } from 'vitest';
import { rememberPublicUrl } from '../../src/bot/http.ts';
import { setUpTelegram } from '../../src/platforms/telegram/setUp.ts';
import { wire } from '../../src/wire.ts';
import type { SayOptions } from '../sandbox/telegram/telegram-sandbox.ts';
import type { Message } from '../sandbox/telegram/types.ts';
import type { Harness } from './harness.ts';

export const WEBHOOK = 'https://soshik.example/webhook/telegram';

/** Telegram delivers to the Worker, as the owner sets it up; a repository to talk about. */
export async function connectTelegram(harness: Harness): Promise<void> {
  const { telegram, github } = harness.world;
  telegram.reachBy((request) => harness.fetch(request));
  const bot = wire(harness.env, harness.runtime, WEBHOOK);
  await rememberPublicUrl(bot);
  expect(await setUpTelegram(bot)).toMatchObject({ ok: true });
  github.addRepository({
    owner: 'hana',
    name: 'garden',
    branches: ['main', 'dev', 'feat/roses'],
  });
}

/** Id of the private chat with who reads a language. */
export function privateChat({ world }: Harness, language: 'ko' | 'en' = 'ko'): number {
  const person = world.telegram.people.find((one) => one.language === language);
  if (!person) throw new Error(`nobody reads ${language}`);
  return person.id;
}

export function groupChat({ world }: Harness): number {
  const group = world.telegram.chats.find(({ type }) => type === 'group');
  if (!group) throw new Error('there is no group');
  return group.id;
}

/** What the bot wrote in a chat, oldest first. */
export function botMessages({ world }: Harness, chatId: number): Message[] {
  return world.telegram.messages(chatId).filter(({ from }) => from === 'bot');
}

/** The words of a message's buttons. */
export function buttonsOf(message: Message | undefined): string[] {
  return (message?.buttons ?? []).flat().map(({ text }) => text);
}

/** What the bot answers to words in a chat; `undefined` for silence. */
export async function write(
  harness: Harness,
  chatId: number,
  text: string,
  options: SayOptions = {},
): Promise<Message | undefined> {
  return answerTo(harness, chatId, () => harness.world.telegram.say(chatId, text, options));
}

/** What the bot answers to a button in a chat. */
export async function press(
  harness: Harness,
  chatId: number,
  button: string,
): Promise<Message | undefined> {
  return answerTo(harness, chatId, () => harness.world.telegram.press(chatId, button));
}

async function answerTo(
  harness: Harness,
  chatId: number,
  act: () => Promise<Response[]>,
): Promise<Message | undefined> {
  const before = botMessages(harness, chatId).length;
  for (const { status } of await act()) expect(status).toBe(200);
  await harness.settle();
  const answers = botMessages(harness, chatId).slice(before);
  expect(answers.length).toBeLessThanOrEqual(1);
  // A second's pause, as people make; Telegram takes one message a second for a chat.
  harness.world.clock.advance(1000);
  return answers[0];
}
