/** Where the sandbox serves which host of the internet, by the beginning of the path. */
const hosts: readonly (readonly [prefix: string, base: string])[] = [
  ['/x/', 'https://api.x.com/'],
  ['/x-web/', 'https://x.com/'],
  ['/netflix/', 'https://about.netflix.com/'],
  // A site's robots.txt lies at its root, also when its pages are served under a prefix.
  ['/robots.txt', 'https://about.netflix.com/robots.txt'],
  ['/tmdb/', 'https://api.themoviedb.org/'],
  ['/catfact/', 'https://catfact.ninja/'],
  ['/kakao-auth/', 'https://kauth.kakao.com/'],
  ['/kakao-api/', 'https://kapi.kakao.com/'],
  ['/kakao-bot/', 'https://bot-api.kakao.com/'],
  ['/telegram/', 'https://api.telegram.org/'],
  ['/github/', 'https://api.github.com/'],
  ['/github-web/', 'https://github.com/'],
  ['/neis/', 'https://open.neis.go.kr/'],
  ['/canteen/', 'https://canteen.example/'],
  ['/kopis/', 'https://www.kopis.or.kr/'],
  ['/news/', 'https://news.example/'],
  ['/discord/', 'https://discord.com/'],
  ['/slack/', 'https://hooks.slack.com/'],
];

/** The address in the sandbox's world that a URL of the server stands for, or null for none. */
export function worldUrl(url: string): string | null {
  const { pathname, search } = new URL(url);
  // The world's picture host is this server's own address.
  if (pathname.startsWith('/pictures/')) return url;
  const host = hosts.find(([prefix]) => pathname.startsWith(prefix));
  return host ? host[1] + pathname.slice(host[0].length) + search : null;
}
