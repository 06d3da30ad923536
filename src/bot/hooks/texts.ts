import type { Language } from '../../lib/time.ts';
import type { Notice } from '../notice/notice.ts';

const words = {
  code: {
    ko: (code: string) =>
      `소식 확인 코드: ${code}\n여기로 소식을 받으려면 하루 안에 이 코드를 넣어 주세요. 부탁한 적이 없다면 그냥 두세요.`,
    en: (code: string) =>
      `soshik code: ${code}\nTo get news here, enter this code within a day. If nobody asked for it, leave it be.`,
  },
  page: { ko: '코드 넣기', en: 'Enter the code' },
} as const;

/** The message that proves an address: whoever can read there knows the code. */
export function proofNotice(code: string, language: Language, link: string | null): Notice {
  return {
    kind: 'text',
    language,
    text: words.code[language](code),
    suggestions: [],
    links: link === null ? [] : [{ label: words.page[language], url: link }],
  };
}
