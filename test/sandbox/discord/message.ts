/** What is POSTed to a webhook, as far as the sandbox looks at it. */
export interface DiscordBody {
  readonly content?: string;
  readonly embeds?: readonly {
    readonly title?: string;
    readonly description?: string;
    readonly url?: string;
    readonly image?: { readonly url: string };
  }[];
  readonly allowed_mentions?: { readonly parse?: readonly string[] };
}

/** Discord's refusal of a message, or null (developer docs: message resource, JSON error codes). */
export function problemOf(body: DiscordBody): { code: number; message: string } | null {
  const { content = '', embeds = [] } = body;
  if (content === '' && embeds.length === 0) {
    return { code: 50006, message: 'Cannot send an empty message' };
  }
  const letters = embeds.reduce(
    (sum, { title = '', description = '' }) => sum + title.length + description.length,
    0,
  );
  const isFine =
    content.length <= 2000 &&
    embeds.length <= 10 &&
    letters <= 6000 &&
    embeds.every(
      ({ title = '', description = '', url, image }) =>
        title.length <= 256 &&
        description.length <= 4096 &&
        title.length + description.length > 0 &&
        isPage(url) &&
        isPage(image?.url),
    );
  return isFine ? null : { code: 50035, message: 'Invalid Form Body' };
}

function isPage(url: string | undefined): boolean {
  return url === undefined || (/^https?:\/\//.test(url) && URL.canParse(url));
}
