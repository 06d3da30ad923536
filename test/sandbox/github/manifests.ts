import { html } from 'hono/html';
import * as v from 'valibot';
import { readForm } from '../x/body.ts';
import { randomToken } from '../x/random.ts';
import { type App, type Apps, handedOutKey } from './app.ts';
import { isoTime, ownerJson, webUrl } from './json.ts';
import { notFound } from './problems.ts';
import type { Repositories } from './repositories.ts';
import { fullNameOf } from './types.ts';

export type Manifests = ReturnType<typeof createManifests>;

/** Who is logged in to GitHub in the browser. */
const OWNER = 'hana';
/** Organizations whose apps that person manages. */
const ORGANIZATIONS: readonly string[] = ['hana-team'];
const HOUR_MS = 3_600_000;

const address = v.pipe(v.string(), v.url(), v.regex(/^https?:/));
/** What each event needs to be read (docs/platforms/github.md, App). */
const NEEDED: Readonly<Record<string, string>> = {
  push: 'contents',
  release: 'contents',
  create: 'contents',
  delete: 'contents',
  repository: 'metadata',
  star: 'metadata',
};

const manifestSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.strictObject({
    name: v.optional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(34)), 'soshik'),
    url: address,
    hook_attributes: v.optional(
      v.strictObject({ url: address, active: v.optional(v.boolean(), true) }),
    ),
    redirect_url: address,
    callback_urls: v.optional(v.pipe(v.array(address), v.maxLength(10))),
    setup_url: v.optional(address),
    public: v.optional(v.boolean(), false),
    default_events: v.optional(v.array(v.string()), []),
    default_permissions: v.optional(v.record(v.string(), v.picklist(['read', 'write'])), {}),
    request_oauth_on_install: v.optional(v.boolean()),
  }),
  v.check(
    ({ default_events: events, default_permissions: permissions }) =>
      events.every((event) => Object.hasOwn(permissions, NEEDED[event] ?? 'unknown')),
    'an event lacks its permission',
  ),
);

/** github.com as far as an app's owner sees it: the page that makes one, and the one that installs it. */
export function createManifests({
  apps,
  repositories,
  now,
}: {
  readonly apps: Apps;
  readonly repositories: Repositories;
  readonly now: () => number;
}) {
  const codes = new Map<string, { readonly app: App; readonly until: number }>();
  /** Whose each app is. */
  const owners = new Map<App, string>();

  async function make(request: Request, owner: string): Promise<Response> {
    const manifest = v.safeParse(manifestSchema, (await readForm(request)).get('manifest'));
    if (!manifest.success) {
      return page('Invalid GitHub App configuration', v.summarize(manifest.issues), 422);
    }
    const {
      name,
      hook_attributes: hook,
      redirect_url,
      setup_url,
      default_events,
    } = manifest.output;
    if (apps.apps.some((app) => app.name === name)) {
      return page('Invalid GitHub App configuration', 'Name has already been taken', 422);
    }
    const id = String(424_242 + apps.apps.length);
    const app = apps.add({
      id,
      clientId: `Iv23sandbox${id}`,
      name,
      hook: hook?.active
        ? { url: hook.url, secret: randomToken(30), events: default_events }
        : null,
      setupUrl: setup_url ?? null,
    });
    owners.set(app, owner);
    const code = randomToken(30);
    codes.set(code, { app, until: now() + HOUR_MS });
    const back = new URL(redirect_url);
    back.searchParams.set('code', code);
    const state = new URL(request.url).searchParams.get('state');
    if (state !== null) back.searchParams.set('state', state);
    return to(back.href);
  }

  async function install(request: Request, app: App): Promise<Response> {
    const account = owners.get(app) ?? OWNER;
    const names = repositories
      .list()
      .filter(({ owner }) => owner === account)
      .map(fullNameOf);
    if (request.method !== 'POST') {
      return page(`Install ${app.name}`, names.join(', '), 200, 'Install');
    }
    const { id } = apps.install(app, account, names);
    const back = new URL(app.setupUrl ?? `${webUrl}/${account}`);
    back.searchParams.set('installation_id', String(id));
    back.searchParams.set('setup_action', 'install');
    return to(back.href);
  }

  return {
    async handleWeb(request: Request): Promise<Response> {
      const { pathname } = new URL(request.url);
      const [, , organization] =
        /^(\/organizations\/([\w-]+))?\/settings\/apps\/new$/.exec(pathname) ?? [];
      const isMaking = pathname.endsWith('/settings/apps/new') && request.method === 'POST';
      const isTheirs = organization === undefined || ORGANIZATIONS.includes(organization);
      if (isMaking && isTheirs) return make(request, organization ?? OWNER);
      const slug = /^\/apps\/([\w-]+)\/installations\/new$/.exec(pathname)?.[1];
      const app = apps.apps.find((one) => one.slug === slug);
      return app ? install(request, app) : page('Not Found', '', 404);
    },

    /** `POST /app-manifests/{code}/conversions`: once, within an hour. */
    async convert(code: string): Promise<Response> {
      const known = codes.get(code);
      codes.delete(code);
      if (!known || now() >= known.until) return notFound();
      const { app } = known;
      return Response.json(
        {
          id: Number(app.id),
          slug: app.slug,
          node_id: `A_kwHO${app.id}`,
          owner: ownerJson(owners.get(app) ?? OWNER),
          name: app.name,
          description: null,
          external_url: webUrl,
          html_url: `${webUrl}/apps/${app.slug}`,
          created_at: isoTime(now()),
          updated_at: isoTime(now()),
          permissions: { contents: 'read', metadata: 'read' },
          events: app.hook?.events ?? [],
          client_id: app.clientId,
          client_secret: `fake-client-secret-${app.id}`,
          webhook_secret: app.hook?.secret ?? null,
          pem: await handedOutKey(app),
        },
        { status: 201 },
      );
    },
  };
}

function to(location: string): Response {
  return new Response(null, { status: 302, headers: { location } });
}

async function page(
  title: string,
  text: string,
  status: number,
  button?: string,
): Promise<Response> {
  const form =
    button === undefined ? '' : html`<form method="post"><button>${button}</button></form>`;
  const body = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p>${form}</main></body></html>`;
  const headers = { 'content-type': 'text/html; charset=utf-8' };
  return new Response(String(body), { status, headers });
}
