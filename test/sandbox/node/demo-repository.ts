import { fullNameOf } from '../github/types.ts';
import type { World } from '../world.ts';
import type { RepositoryChange } from './page/state.ts';

const branch = 'main';
const authors = ['하나', 'Sam'] as const;
const messages = [
  '첫 화면을 다듬었어요',
  'Fix the clock on rainy days',
  '오타를 고쳤어요',
  'Make the list twice as fast',
  '한글 이름도 받아요',
  'Write down how to begin',
] as const;
const names = ['hello', 'hello-world'] as const;

/** The repository that the page's levers act on; `soshik-demo/hello` at first. */
export function createDemoRepository({ github }: Pick<World, 'github'>) {
  const repository = github.addRepository({
    owner: 'soshik-demo',
    name: names[0],
    branches: [branch, 'dev', 'feat/x'],
    stars: 128,
    forks: 7,
    description: '소식 놀이터의 저장소 / the sandbox’s own repository',
  });
  let made = 0;
  let releases = 0;

  const nextMessage = () => messages[made % messages.length] ?? messages[0];
  function nextCommit() {
    const commit = { message: nextMessage(), author: authors[made % authors.length] ?? authors[0] };
    made += 1;
    return commit;
  }
  const push = (count: number) =>
    github.push(fullNameOf(repository), branch, Array.from({ length: count }, nextCommit));

  const changes: Readonly<Record<RepositoryChange, () => unknown>> = {
    push: () => push(1),
    'push-two': () => push(2),
    'force-push': () => github.forcePush(fullNameOf(repository), branch, [nextCommit().message]),
    rename: () =>
      github.rename(
        fullNameOf(repository),
        names.find((name) => name !== repository.name) ?? names[0],
      ),
    release: () => {
      releases += 1;
      return github.release(fullNameOf(repository), { tag: `v1.${releases}.0` });
    },
  };

  push(2);
  return {
    fullName: () => fullNameOf(repository),
    /** Does it, and waits until the webhook was told. */
    async change(what: RepositoryChange): Promise<void> {
      changes[what]();
      await github.settled();
    },
  };
}
