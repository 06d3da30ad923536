/** One of the owner's values by its name; `null` when it is not set. */
export type ReadValue = (name: string) => string | null;

/** The bot's own account on X, by its keys. */
export interface TwitterAccount {
  readonly userId: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly token: string;
  readonly tokenSecret: string;
}

/** The GitHub App the bot acts as, and the installation whose repositories it reads. */
export interface GitHubAppKeys {
  readonly appId: string;
  /** PKCS#8, PEM. */
  readonly privateKey: string;
  readonly installationId: string;
}

/** A school as NEIS counts them. */
export interface SchoolCodes {
  readonly office: string;
  readonly school: string;
}

/** The origin of an address; `undefined` when it is no http(s) address. */
export function readPublicUrl(value: string | null): string | null | undefined {
  if (value === null) return null;
  return /^https?:\/\//.test(value) && URL.canParse(value) ? new URL(value).origin : undefined;
}

/** Hosts between commas, in lower case. */
export function readHosts(value: string | null): string[] {
  return (value ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
}

/** `<office code>:<school code>`; `undefined` when it is neither that nor blank. */
export function readSchool(value: string | null): SchoolCodes | null | undefined {
  if (value === null) return null;
  const [, office, school] = /^([A-Z]\d{2}):(\d{7})$/.exec(value) ?? [];
  return office === undefined || school === undefined ? undefined : { office, school };
}

/** The GitHub App, when all three of its settings are there. */
export function readGitHubApp(read: ReadValue): GitHubAppKeys | null {
  const appId = read('GITHUB_APP_ID');
  const privateKey = read('GITHUB_APP_PRIVATE_KEY');
  const installationId = read('GITHUB_APP_INSTALLATION_ID');
  if (!appId || !privateKey || !installationId) return null;
  // A key pasted into one line has its line breaks written as \n.
  return { appId, privateKey: privateKey.replaceAll('\\n', '\n'), installationId };
}

/** The bot's own account, when all four keys are there and its user id is known. */
export function readTwitterAccount(read: ReadValue): TwitterAccount | null {
  const consumerKey = read('TWITTER_API_KEY');
  const consumerSecret = read('TWITTER_API_SECRET');
  const token = read('TWITTER_ACCESS_TOKEN');
  const tokenSecret = read('TWITTER_ACCESS_TOKEN_SECRET');
  if (!consumerKey || !consumerSecret || !token || !tokenSecret) return null;
  // An access token starts with its owner's numeric id.
  const userId = read('TWITTER_USER_ID') ?? token.split('-')[0] ?? '';
  if (!/^\d{1,19}$/.test(userId)) return null;
  // What goes into a header must be plain ASCII; a secret pasted with a stray character is not.
  if (![consumerKey, consumerSecret, token, tokenSecret].every(isPlain)) return null;
  return { userId, consumerKey, consumerSecret, token, tokenSecret };
}

/** Printable ASCII without spaces: good in a header. */
export function isPlain(text: string): boolean {
  return /^[!-~]+$/.test(text);
}

/** True for a name that Intl knows. */
export function isTimeZone(name: string): boolean {
  // Known without asking: this is read on the way to every CRC answer.
  if (name === 'Asia/Seoul') return true;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
