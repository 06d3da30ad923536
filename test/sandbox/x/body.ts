import * as v from 'valibot';
import { fromBase64 } from '../bytes.ts';
import { parseMultipart, textOf } from './multipart.ts';
import { invalidRequest } from './problems.ts';

/** An id in a body or path, as X's OpenAPI description has it. */
export const idSchema = v.pipe(v.string(), v.regex(/^[0-9]{1,19}$/, 'is not an id'));

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Response };

/** A JSON body that a schema accepts, or X's 400. */
export async function readJson<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<Read<v.InferOutput<Schema>>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) {
    return refuse('The Content-Type of the request must be application/json.');
  }
  let json: unknown;
  try {
    json = JSON.parse(await request.text());
  } catch {
    return refuse('The body of the request is not valid JSON.');
  }
  return check(json, schema);
}

/** A body as UTF-8; `text()` of workerd warns about forms. */
export async function bodyText(request: Request): Promise<string> {
  return new TextDecoder().decode(await request.arrayBuffer());
}

/** A form body (RFC 6749 appendix B); empty when the body is of another type. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  return new URLSearchParams(isForm ? await bodyText(request) : '');
}

/**
 * The body of an upload, JSON with base64 in `media` or multipart with raw bytes: the bytes, and
 * the other fields as the schema wants them.
 */
export async function readUpload<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<Read<{ bytes: Uint8Array<ArrayBuffer>; fields: v.InferOutput<Schema> }>> {
  const type = request.headers.get('content-type') ?? '';
  const parts = /^multipart\/form-data\b/i.test(type)
    ? await readMultipart(request, type)
    : await readBase64(request);
  if (!parts) return refuse('$.media: is required, as a file or as base64');
  const fields = check(parts.fields, schema);
  return fields.ok ? { ok: true, value: { bytes: parts.bytes, fields: fields.value } } : fields;
}

interface Parts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fields: Record<string, unknown>;
}

async function readMultipart(request: Request, type: string): Promise<Parts | null> {
  const parts = parseMultipart(type, new Uint8Array(await request.arrayBuffer()));
  const bytes = parts?.get('media');
  if (!parts || !bytes) return null;
  parts.delete('media');
  const fields = [...parts].map(([name, part]) => [name, textOf(part)] as const);
  return { bytes, fields: Object.fromEntries(fields) };
}

async function readBase64(request: Request): Promise<Parts | null> {
  const read = await readJson(request, v.looseObject({ media: v.string() }));
  if (!read.ok) return null;
  const { media, ...fields } = read.value;
  const bytes = fromBase64(media);
  return bytes && { bytes, fields };
}

function check<Schema extends v.GenericSchema>(
  value: unknown,
  schema: Schema,
): Read<v.InferOutput<Schema>> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return { ok: true, value: parsed.output };
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return refuse(`$${path === null ? '' : `.${path}`}: ${issue.message}`);
}

function refuse(message: string): { readonly ok: false; readonly problem: Response } {
  return { ok: false, problem: invalidRequest(message) };
}
