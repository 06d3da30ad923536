import { connectWebhook, type Harness, reader } from '../../../worker/harness.ts';

/** Somebody watches commits and releases of `hana/garden`, which is at GitHub; gives its number. */
export async function watchGarden(harness: Harness): Promise<number> {
  await connectWebhook(harness);
  await say(harness, '구독 hana/garden main as 비밀 별명');
  await say(harness, '설정 비밀 별명 모두');
  return harness.world.github.repository('hana/garden').id;
}

/** The person who watches says something. */
export async function say(harness: Harness, text: string): Promise<void> {
  await harness.world.x.say(reader(harness, 'ko').id, text);
  await harness.settle();
}

/** The bot looks at every watched branch. */
export async function look(harness: Harness): Promise<void> {
  const { results } = await harness.env.DB.prepare('SELECT id FROM branches').all<{ id: number }>();
  await harness.env.POLLS.sendBatch(results.map(({ id }) => ({ body: { branch: id } })));
  await harness.settle();
}

/** So many commits were told of, one at a time, a minute apart, up to now. */
export async function tellMany({ env, runtime }: Harness, repository: number, number: number) {
  await env.DB.prepare(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?3)
     INSERT INTO changes (repository, branch, kind, key, subject, notice, at)
     SELECT ?1, 1, 'commits', 'many:' || n, 'many:' || n,
            json_object('kind', 'commits', 'repository', 'hana/garden', 'branch', 'main',
              'change', 'pushed', 'total', 1, 'compareUrl', 'https://github.com/',
              'commits', json_array(json_object('sha', 's', 'at', ?2, 'author', 'Hana',
                'message', 'commit number ' || n, 'url', 'https://github.com/'))),
            ?2 - (?3 - n) * 60000
     FROM numbers`,
  )
    .bind(repository, runtime.now(), number)
    .run();
}
