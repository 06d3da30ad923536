import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Line } from './doctorOutside.ts';

/** The end of a command for a reason that the person at the terminal can do something about. */
export class Stop extends Error {
  override readonly name = 'Stop';

  /**
   * @param ko what happened and what to do, in Korean
   * @param en the same in English
   */
  constructor(ko: string, en: string, options?: ErrorOptions) {
    super(`${ko}\n${en}`, options);
  }
}

/** Runs a command's work: a {@link Stop} is printed as the sentence it is, and the exit code is 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (!(cause instanceof Stop)) throw cause;
    console.error(`\n✗ ${cause.message.replaceAll('\n', '\n  ')}`);
    process.exitCode = 1;
  }
}

/** The person at the keyboard. */
export interface Terminal {
  readonly say: (line: string) => void;
  /** Asks for a line; what is typed is shown. */
  readonly ask: (question: string) => Promise<string>;
  /** Asks for a line that nobody looking over the shoulder should read. */
  readonly askHidden: (question: string) => Promise<string>;
  readonly close: () => void;
}

/** Opens the terminal this command runs in; answers may also come through a pipe, a line each. */
export function openTerminal(): Terminal {
  let isHidden = false;
  const output = new Writable({
    write(chunk, encoding, done) {
      if (!isHidden) process.stdout.write(chunk, encoding);
      done();
    },
  });
  const reader = createInterface({
    input: process.stdin,
    output,
    terminal: process.stdin.isTTY,
  });
  const lines = reader[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done) throw new Stop('답이 없어서 그만둘게요.', 'No answer came: stopped.');
    return line.value.trim();
  };
  return {
    say: (line) => console.log(line),
    async ask(question) {
      process.stdout.write(question);
      return await next();
    },
    async askHidden(question) {
      process.stdout.write(question);
      isHidden = true;
      try {
        return await next();
      } finally {
        isHidden = false;
        process.stdout.write('\n');
      }
    },
    close: () => reader.close(),
  };
}

/** Lets a person choose from a list by number, until the answer is one of it. */
export async function choose<Value>(
  terminal: Terminal,
  question: string,
  options: readonly { readonly value: Value; readonly label: string }[],
): Promise<Value> {
  terminal.say(question);
  for (const [index, { label }] of options.entries()) terminal.say(`  ${index + 1}. ${label}`);
  for (;;) {
    const chosen = options[Number(await terminal.ask('번호 / number: ')) - 1];
    if (chosen) return chosen.value;
  }
}

/** Prints one line of a check-up. What a stranger's server answers must not steer the terminal. */
export function printLine({ mark, ko, en }: Line): void {
  console.log(`${mark} ${ko} / ${en}`.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' '));
}
