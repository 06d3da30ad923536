/** Error answers in the words of X (docs/platforms/x.md). */
const problems = 'https://api.x.com/2/problems';

/** 400: what is wrong with which parameter. */
export function invalidRequest(
  message: string,
  parameters: Record<string, string[]> = {},
): Response {
  return answer(400, {
    errors: [{ parameters, message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${problems}/invalid-request`,
  });
}

/** 401 for a request that shows no credential, or an unknown bearer token. */
export function unauthorized(): Response {
  const title = 'Unauthorized';
  return answer(401, { title, type: 'about:blank', status: 401, detail: title });
}

/** 401 for a bad OAuth 1.0a header: 32 for the signature, 89 for the token. */
export function couldNotAuthenticate(code: 32 | 89): Response {
  const message = code === 32 ? 'Could not authenticate you.' : 'Invalid or expired token.';
  return answer(401, { errors: [{ code, message }] });
}

const kinds = {
  app: 'OAuth 2.0 Application-Only',
  oauth1: 'OAuth 1.0a User Context',
  oauth2: 'OAuth 2.0 User Context',
} as const;

export type CredentialKind = keyof typeof kinds;

/** 403 for a credential of a kind that the call does not take. */
export function unsupportedAuthentication(
  given: CredentialKind,
  taken: readonly CredentialKind[],
): Response {
  const list = taken.map((kind) => kinds[kind]).join(', ');
  return answer(403, {
    title: 'Unsupported Authentication',
    detail: `Authenticating with ${kinds[given]} is forbidden for this endpoint.  Supported authentication types are [${list}].`,
    type: `${problems}/unsupported-authentication`,
    status: 403,
  });
}

/** 403 for an OAuth 1.0a token of an account that did not agree to as much. */
export function oauth1Permissions(): Response {
  return answer(403, {
    title: 'Forbidden',
    detail:
      'Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.',
    type: `${problems}/oauth1-permissions`,
    status: 403,
  });
}

/** 402 for an app without credits (docs/platforms/x.md, Errors and limits). */
export function creditsDepleted(): Response {
  return answer(402, {
    title: 'Payment Required',
    detail: 'credits depleted',
    status: 402,
    type: `${problems}/credits-depleted`,
  });
}

export function forbidden(detail: string): Response {
  return answer(403, { title: 'Forbidden', detail, type: 'about:blank', status: 403 });
}

export function notFound(resource: string, id: string): Response {
  return answer(404, {
    title: 'Not Found Error',
    detail: `Could not find ${resource} with id: [${id}].`,
    type: `${problems}/resource-not-found`,
    resource_type: resource,
    resource_id: id,
    parameter: 'id',
    value: id,
    status: 404,
  });
}

export function noSuchRoute(): Response {
  const title = 'Not Found';
  return answer(404, { title, type: 'about:blank', status: 404, detail: title });
}

export function tooManyRequests(): Response {
  const title = 'Too Many Requests';
  return answer(429, { title, detail: title, type: 'about:blank', status: 429 });
}

/**
 * What is wrong in one of X's own words, e.g. `CrcValidationFailed` (docs/platforms/x.md,
 * Webhooks).
 */
export function reasoned(reason: string, detail: string, status: 400 | 409 = 400): Response {
  return answer(status, {
    errors: [{ message: `${reason}: ${detail}` }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${problems}/invalid-request`,
  });
}

/** A webhook that is not there. */
export function unknownWebhook(id: string): Response {
  return reasoned('WebhookIdInvalid', `there is no webhook ${id}.`);
}

/** An error of the OAuth 2.0 token endpoint (RFC 6749 section 5.2). */
export function grantProblem(error: string, description: string, status = 400): Response {
  return answer(status, { error, error_description: description });
}

/** An error of the older calls. */
export function codedProblem(status: number, code: number, message: string, label?: string) {
  return answer(status, { errors: [{ code, message, ...(label === undefined ? {} : { label }) }] });
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status });
}
