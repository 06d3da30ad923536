import type { Text } from '../../lib/text.ts';
import type { OwnerNews } from '../../store/ownerNews.ts';

/** What the owner is told of feeds; `null` for what is not about them. */
export function newsText({ kind, detail }: Pick<OwnerNews, 'kind' | 'detail'>): Text | null {
  const { title = '', reason = '', count = '' } = detail;
  switch (kind) {
    case 'feed-flood':
      return {
        ko: `‘${title}’ 피드에 새 글이 한꺼번에 너무 많아서 ${count}개는 알리지 않았어요.`,
        en: `The feed “${title}” has too much at once: ${count} of its items were not told.`,
      };
    case 'feed-failing':
      return {
        ko: `‘${title}’ 피드를 하루 넘게 읽지 못했어요 (${reason}). 계속 다시 해 볼게요.`,
        en: `The feed “${title}” cannot be read for more than a day (${reason}). I go on trying.`,
      };
    case 'feed-over':
      return {
        ko: `‘${title}’ 피드를 한 달 넘게 읽지 못해서 그만 살펴봐요 (${reason}).`,
        en: `The feed “${title}” could not be read for a month and is given up (${reason}).`,
      };
    default:
      return null;
  }
}
