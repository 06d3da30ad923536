import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundles } from './bundles.ts';
import { alternate, type Contender, type Effort, load, type Question } from './measure.ts';
import { type Server, startServer } from './processes.ts';
import type { Comparison, Target } from './rows.ts';
import { startWorkerd } from './workerd.ts';

const SECRET = 'consumer-secret-of-the-bench';
const peers = join(import.meta.dirname, 'peers');
const sign = (text: string) =>
  `sha256=${createHmac('sha256', SECRET).update(text).digest('base64')}`;

const query = 'crc_token=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE';
const crc: Question = {
  path: `/webhook/twitter?${query}`,
  method: 'GET',
  // Only twitter-autohook looks at it.
  headers: { 'x-twitter-webhooks-signature': sign(query) },
  expected: 200,
};

/** A delivery of a direct message, 1.3 KB, so old that it is passed over unstored. */
const delivery = JSON.stringify({
  for_user_id: '1700000000000000001',
  direct_message_events: [
    {
      type: 'message_create',
      id: '1800000000000000001',
      created_timestamp: '1600000000000',
      message_create: {
        target: { recipient_id: '1700000000000000001' },
        sender_id: '1700000000000000101',
        message_data: {
          text: '구독 soshik-demo/hello main',
          entities: { hashtags: [], symbols: [], user_mentions: [], urls: [] },
        },
      },
    },
  ],
  users: Object.fromEntries(
    ['1700000000000000001', '1700000000000000101'].map((id) => [
      id,
      {
        id,
        created_timestamp: '1500000000000',
        name: 'Hana',
        screen_name: `hana_${id.slice(-3)}`,
        description: 'I water the plants and read what the others planted.',
        protected: false,
        verified: false,
        followers_count: 123,
        friends_count: 234,
        statuses_count: 3456,
        profile_image_url: 'http://pbs.twimg.example/profile_images/1/picture_normal.jpg',
        profile_image_url_https: 'https://pbs.twimg.example/profile_images/1/picture_normal.jpg',
      },
    ]),
  ),
});
const event: Question = {
  path: '/webhook/twitter',
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'x-twitter-webhooks-signature': sign(delivery),
  },
  body: delivery,
  expected: 200,
};

interface Receiver {
  readonly name: string;
  readonly note?: string;
  readonly server: Server;
}

const OURS = 'soshik';

/** CRC and a signed delivery, on bare workerd and on Node. */
export async function compareReceivers(bundles: Bundles, effort: Effort): Promise<Comparison[]> {
  const unit = 'answers per second of CPU';
  const crcHow = 'Answers to CRC (`GET /webhook/twitter?crc_token=`), 16 connections.';
  const eventHow = `Answers to a signed delivery of ${delivery.length} bytes, 16 connections. Ours does all but store it: it checks the signature, reads the message and passes it over as one of years ago.`;

  const onWorkerd = await Promise.all([
    workerd(OURS, await readFile(bundles.soshik, 'utf8'), bundles),
    workerd('bare handler', await readFile(join(peers, 'bare-worker.js'), 'utf8'), bundles),
  ]);
  const bare = await race(onWorkerd, effort);
  const onNode = await startOnNode(bundles);
  const node = await race(onNode.started, effort);
  const missing = onNode.missing.map(({ name, note }) => ({ name, note, samples: [] }));
  const nodeTargets: readonly Target[] = [
    { of: 'express 5', atLeast: 1 },
    { of: 'twitter-autohook', atLeast: 1 },
    { of: FLASK, atLeast: 3 },
  ];
  return [
    {
      work: 'CRC on bare workerd',
      unit,
      how: crcHow,
      entries: bare.crc,
      targets: [{ of: 'bare handler', atLeast: 0.95 }],
    },
    {
      work: 'A signed event on bare workerd',
      unit,
      how: `${eventHow} The bare handler reads the body and checks the signature, nothing else.`,
      entries: bare.event,
      targets: [{ of: 'bare handler', atLeast: 0.9 }],
    },
    {
      work: 'CRC on Node',
      unit,
      how: `${crcHow} Ours is the deployed bundle behind @hono/node-server, as is the bare handler: the least that a Worker takes there, where Web Crypto lets other threads sign.`,
      entries: [...node.crc, ...missing],
      targets: nodeTargets,
    },
    {
      work: 'A signed event on Node',
      unit,
      how: `${eventHow} express and Flask believe every delivery; twitter-autohook checks it.`,
      entries: [...node.event, ...missing],
      targets: nodeTargets,
    },
  ];
}

async function race(receivers: readonly Receiver[], effort: Effort) {
  const contenders = (question: Question): readonly Contender[] =>
    receivers.map(({ server, ...receiver }) => ({
      ...receiver,
      run: () => load(server, question, effort),
    }));
  try {
    return {
      crc: await alternate(contenders(crc), effort),
      event: await alternate(contenders(event), effort),
    };
  } finally {
    await Promise.all(receivers.map(({ server }) => server.stop()));
  }
}

async function workerd(name: string, code: string, { folder }: Bundles): Promise<Receiver> {
  const texts = { TWITTER_API_SECRET: SECRET };
  const server = await startWorkerd(folder, name.replaceAll(' ', '-'), code, texts);
  return { name, server };
}

const FLASK = 'Flask';

async function startOnNode(bundles: Bundles) {
  const environment = { TWITTER_API_SECRET: SECRET };
  const script = async (name: string, file: string, BUNDLE = ''): Promise<Receiver> => ({
    name,
    server: await startServer(() => [process.execPath, join(peers, file)], {
      ...environment,
      BUNDLE,
    }),
  });
  const started = [
    await script(OURS, 'onNode.mjs', bundles.forNode),
    await script('bare handler', 'onNode.mjs', join(peers, 'bare-worker.js')),
    await script('express 5', 'express.mjs'),
    await script('twitter-autohook', 'autohook.mjs'),
  ];
  const python = pythonWithFlask();
  if (python === null) {
    const note = 'no Python with Flask here (Debian: python3-flask and gunicorn)';
    return { started, missing: [{ name: FLASK, note }] };
  }
  const { path, hasGunicorn } = python;
  const gunicorn = ['-m', 'gunicorn', '--chdir', peers, '--log-level', 'error', '-w', '1'] as const;
  const server = await startServer(
    (port) =>
      hasGunicorn
        ? [path, ...gunicorn, '-k', 'gthread', '-b', `127.0.0.1:${port}`, 'receiver:app']
        : [path, join(peers, 'receiver.py')],
    environment,
  );
  const note = hasGunicorn ? 'gunicorn, one worker of threads' : 'its own server: no gunicorn here';
  return { started: [...started, { name: FLASK, note, server }], missing: [] };
}

const can = (python: string, modules: string) =>
  spawnSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' }).status === 0;

function pythonWithFlask(): { readonly path: string; readonly hasGunicorn: boolean } | null {
  const paths = ['/usr/bin/python3', 'python3'];
  const best = paths.find((path) => can(path, 'flask, gunicorn'));
  if (best !== undefined) return { path: best, hasGunicorn: true };
  const some = paths.find((path) => can(path, 'flask'));
  return some === undefined ? null : { path: some, hasGunicorn: false };
}
