import { type Recorded, type Recorder, recorder as recorderOf } from '../../../recorder.ts';
import { holdToDescription } from '../described.ts';

export { json, NOW_MS, type Recorded, type Recorder } from '../../../recorder.ts';

/**
 * What is sent is held to X's description: test/setup.ts fails the test for a request that X would
 * not know.
 */
export function recorder(respond: (call: Recorded) => Response | Promise<Response>): Recorder {
  return recorderOf((call) => {
    holdToDescription({
      ...call,
      type: call.headers['content-type'] ?? null,
      ...(call.form && { fields: namesOf(call.form) }),
    });
    return respond(call);
  });
}

/** A file counts by its name: what is described are the fields. */
function namesOf(form: Readonly<Record<string, string | File>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.name,
    ]),
  );
}

export const API_URL = 'https://api.x.example';

export const credentials = {
  consumerKey: 'fake-consumer-key',
  consumerSecret: 'fake-consumer-secret',
  token: '42-fake-token',
  tokenSecret: 'fake-token-secret',
};
