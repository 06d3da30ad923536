interface SlackText {
  readonly type: string;
  readonly text: string;
}

/** What is POSTed to a webhook, as far as the sandbox looks at it. */
export interface SlackBody {
  readonly text?: string;
  readonly blocks?: readonly {
    readonly type: string;
    readonly text?: SlackText;
    readonly elements?: readonly SlackText[];
    readonly image_url?: string;
    readonly alt_text?: string;
  }[];
}

/** Slack's word for a message it does not take, or null (Block Kit reference: limits of blocks). */
export function problemOf(body: SlackBody): string | null {
  const { text = '', blocks = [] } = body;
  if (text === '' && blocks.length === 0) return 'no_text';
  if (text.length > 40_000) return 'invalid_payload';
  if (blocks.length > 50) return 'invalid_blocks';
  if (JSON.stringify(blocks).length > 13_200) return 'msg_blocks_too_long';
  const isFine = blocks.every((block) => {
    switch (block.type) {
      case 'header':
        return block.text?.type === 'plain_text' && isWithin(block.text, 150);
      case 'section':
        return isWithin(block.text, 3000);
      case 'context':
        return (
          (block.elements ?? []).length <= 10 &&
          (block.elements ?? []).every((element) => isWithin(element, 3000))
        );
      case 'image':
        return URL.canParse(block.image_url ?? '') && (block.alt_text ?? '') !== '';
      default:
        return block.type === 'divider';
    }
  });
  return isFine ? null : 'invalid_blocks';
}

function isWithin(text: SlackText | undefined, limit: number): boolean {
  return text !== undefined && text.text.length > 0 && text.text.length <= limit;
}

/** What a reader sees: the words of every block. */
export function shownText({ text = '', blocks = [] }: SlackBody): string {
  const said = blocks.flatMap((block) => [
    ...(block.text ? [block.text] : []),
    ...(block.elements ?? []),
  ]);
  return said.length === 0 ? text : said.map((part) => part.text).join('\n');
}
