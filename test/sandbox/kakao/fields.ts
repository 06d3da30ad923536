import { bodyText } from '../x/body.ts';

const form = /^application\/x-www-form-urlencoded\b/i;

/** The fields of a form body; empty for no body, null when the body is of another type. */
export async function readFields(request: Request): Promise<URLSearchParams | null> {
  const text = await bodyText(request);
  if (text === '') return new URLSearchParams();
  return form.test(request.headers.get('content-type') ?? '') ? new URLSearchParams(text) : null;
}
