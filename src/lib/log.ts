/** What a log line may carry: ids, counts, codes. Never a token, a message text or a user's name. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Writes one JSON object on one line; Workers Logs indexes its fields. */
export function log(event: string, fields: LogFields = {}): void {
  console.log(JSON.stringify({ event, ...fields }));
}

/**
 * An exception as a log may name it: its name, and its message unless that could quote what people
 * wrote (a schema's error quotes the value).
 */
export function errorCode(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return cause.name === 'ValiError' || cause instanceof SyntaxError
    ? cause.name
    : `${cause.name}: ${cause.message.slice(0, 200)}`;
}
