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
