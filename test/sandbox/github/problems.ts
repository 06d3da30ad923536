/** An error of the REST API. */
export function problem(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const documentation_url = 'https://docs.github.com/rest';
  return Response.json({ message, documentation_url, status: String(status) }, { status, headers });
}

export function notFound(message = 'Not Found'): Response {
  return problem(404, message);
}

/** A call without an app's name is turned away before anything else. */
export function noUserAgent(): Response {
  const words =
    'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.';
  return new Response(`${words}\r\n`, { status: 403, headers: { 'content-type': 'text/html' } });
}

export const secondaryLimit =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
export const primaryLimit = 'API rate limit exceeded for user ID 1.';
