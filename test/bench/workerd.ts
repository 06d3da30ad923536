import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Server, startServer } from './processes.ts';

/** The runtime's binary, as miniflare brings it. */
const binary: string = createRequire(createRequire(import.meta.url).resolve('miniflare'))(
  'workerd',
).default;

const quoted = (text: string) => JSON.stringify(text);

/** Serves one module on bare workerd, with texts for bindings and no storage. */
export async function startWorkerd(
  folder: string,
  name: string,
  code: string,
  texts: Readonly<Record<string, string>>,
  more = '',
): Promise<Server> {
  const bindings = Object.keys(texts).map(
    (key) => `(name = ${quoted(key)}, text = embed ${quoted(`${name}-${key}`)})`,
  );
  for (const [key, text] of Object.entries(texts)) {
    await writeFile(join(folder, `${name}-${key}`), text);
  }
  const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "index.js", esModule = embed ${quoted(`${name}.js`)})],
  compatibilityDate = "2026-10-23",
  bindings = [${[...bindings, ...(more === '' ? [] : [more])].join(', ')}],
);
`;
  await writeFile(join(folder, `${name}.js`), code);
  const file = join(folder, `${name}.capnp`);
  await writeFile(file, config);
  return startServer(
    (port) => [binary, 'serve', '--experimental', file, `--socket-addr=http=127.0.0.1:${port}`],
    {},
  );
}
