import { Hono } from 'hono';
import { sandboxSecrets } from '../secrets.ts';
import { readForm } from './body.ts';
import { basicCredentials } from './client-auth.ts';
import type { Grants } from './grants.ts';
import type { OnRefusal } from './guard.ts';
import { codedProblem } from './problems.ts';

/**
 * The app's own bearer token: `/oauth2/token` and `/oauth2/invalidate_token` (docs/platforms/x.md,
 * App-only).
 */
export function createAppOnly(grants: Grants, onRefusal: OnRefusal): Hono {
  const routes = new Hono();

  function keysProblem(request: Request): Response | null {
    const given = basicCredentials(request.headers.get('authorization') ?? '');
    const { TWITTER_API_KEY: key, TWITTER_API_SECRET: secret } = sandboxSecrets;
    if (given?.name === key && given.secret === secret) return null;
    onRefusal(request, 'the consumer key or its secret is wrong');
    const words = 'Unable to verify your credentials';
    return codedProblem(403, 99, words, 'authenticity_token_error');
  }

  routes.post('/oauth2/token', async (c) => {
    const problem = keysProblem(c.req.raw);
    if (problem) return problem;
    const form = await readForm(c.req.raw);
    if (form.get('grant_type') !== 'client_credentials') {
      return codedProblem(403, 170, 'Missing required parameter: grant_type', 'forbidden_missing');
    }
    return c.json({ token_type: 'bearer', access_token: grants.bearer() });
  });

  routes.post('/oauth2/invalidate_token', async (c) => {
    const problem = keysProblem(c.req.raw);
    if (problem) return problem;
    const token = (await readForm(c.req.raw)).get('access_token');
    if (token !== grants.bearer()) return codedProblem(401, 89, 'Invalid or expired token');
    grants.renewBearer();
    return c.json({ access_token: token });
  });

  return routes;
}
