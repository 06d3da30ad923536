/** One thing somebody says, in which state, and what they mean by it. */
export interface Row {
  readonly id: string;
  readonly language: string;
  readonly utterance: string;
  readonly context: string;
  readonly intent: string;
  readonly arguments: Readonly<Record<string, string>>;
}

/** Answers to an open question, played with a whole conversation: `test/worker/answers.test.ts`. */
export const ANSWERS: readonly string[] = ['yes', 'no', 'cancel', 'answer', 'answer-unwatch'];

/** The rows of a table of utterances; `today` is what the dates in them are counted from. */
export function readRows(table: string, today: string): Row[] {
  return table
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [id = '', language = '', utterance = '', context = '', intent = '', wanted = ''] =
        line.split('\t');
      const pairs = wanted.split(' ').flatMap((one) => {
        const [name = '', value] = one.split('=');
        return value === undefined ? [] : [[name, value.replaceAll('_', ' ')] as const];
      });
      return {
        id,
        language,
        // A list has lines, and a line of the table is one row.
        utterance: withDates(utterance, today).replaceAll('\\n', '\n'),
        context,
        intent,
        arguments: Object.fromEntries(pairs),
      };
    });
}

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

function withDates(utterance: string, today: string): string {
  return utterance.replace(/\{md_(\w+?):(\d+)\}/g, (_whole, form: string, days: string) => {
    const date = new Date(Date.parse(`${today}T00:00:00Z`) + Number(days) * 86_400_000);
    const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()];
    if (form === 'ko') return `${month}월 ${day}일`;
    if (form === 'ko_tight') return `${month}월${day}일`;
    if (form === 'slash') return `${month}/${day}`;
    return `${MONTHS[month - 1]} ${day}`;
  });
}
