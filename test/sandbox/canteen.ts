import { Hono } from 'hono';

/**
 * Shapes of the page: `week` as the wtm seed read it (its second table of class `ctable01`);
 * `changed` has the same meals in another table; `empty` has the table without dishes.
 */
export type CanteenLayout = 'week' | 'changed' | 'empty';

export interface CanteenSandbox {
  /** Where the page is. */
  readonly url: string;
  layout: CanteenLayout;
  /**
   * HTML of the 21 cells, Monday first: 0 to 6 breakfast, 7 to 13 lunch, 14 to 20 dinner. Change them
   * at will.
   */
  readonly cells: string[];
  /** What robots.txt says. */
  robots: string;
}

const weekdays = ['월', '화', '수', '목', '금', '토', '일'];
const mealNames = ['조식', '중식', '석식'];

const soups = ['미역국', '된장찌개', '콩나물국', '육개장', '북엇국', '순두부찌개', '시래기국'];
const mains = ['제육볶음', '고등어구이', '닭갈비', '함박스테이크', '두부조림', '돈까스', '잡채'];

/** A dormitory's week. The weekend has no breakfast, and Wednesday's lunch is marked up. */
function freshCells(): string[] {
  return mealNames.flatMap((meal, row) =>
    weekdays.map((_, day) => {
      if (meal === '조식' && day >= 5) return '';
      if (meal === '중식' && day === 2) {
        return '<strong>비빔밥</strong><br>약고추장 &amp; 참기름<br/><span>계란<em>국</em></span>&nbsp;깍두기';
      }
      return `쌀밥<br>${soups[(day + row) % 7]}<br>${mains[(day + row * 2) % 7]}<br>배추김치`;
    }),
  );
}

/** `canteen.example`: a dormitory's menu page, `/menu`, as the wtm seed knew one. */
export function createCanteen(): {
  readonly sandbox: CanteenSandbox;
  readonly handle: (request: Request) => Promise<Response>;
} {
  const sandbox: CanteenSandbox = {
    url: 'https://canteen.example/menu',
    layout: 'week',
    cells: freshCells(),
    robots: 'User-agent: *\nDisallow: /admin/\n',
  };
  const app = new Hono();

  app.get('/robots.txt', (c) => c.text(sandbox.robots));
  app.get('/menu', (c) => c.html(canteenPage(sandbox)));
  app.notFound((c) => c.html('<!DOCTYPE html><title>404</title>', 404));
  return { sandbox, handle: async (request) => await app.fetch(request) };
}

function canteenPage({ layout, cells }: CanteenSandbox): string {
  const shown = layout === 'empty' ? cells.map(() => '') : cells;
  const rows = mealNames.map((meal, row) => {
    const week = shown.slice(row * 7, row * 7 + 7).map((cell) => `<td>${cell}</td>`);
    return `<tr><th scope="row">${meal}</th>${week.join('')}</tr>`;
  });
  const days = weekdays.map((day) => `<th scope="col">${day}</th>`).join('');
  const kind = layout === 'changed' ? 'meal-grid' : 'ctable01';
  return `<!DOCTYPE html>
<html lang="ko">
<head><meta charset="utf-8"><title>생활관 식단</title></head>
<body>
<h1>이번 주 식단</h1>
<table class="ctable01"><caption>식사 시간</caption><tbody>
<tr><th>조식</th><td>07:30 ~ 09:00</td></tr>
<tr><th>중식</th><td>11:30 ~ 13:30</td></tr>
<tr><th>석식</th><td>17:30 ~ 19:00</td></tr>
</tbody></table>
<table class="${kind}"><caption>주간 식단</caption>
<thead><tr><th>구분</th>${days}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>
<p>식단은 사정에 따라 바뀔 수 있어요.</p>
</body>
</html>`;
}
