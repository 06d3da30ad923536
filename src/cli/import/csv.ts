/**
 * Rows of a table by the names in its first line, as MySQL, phpMyAdmin and spreadsheets write them:
 * commas or tabs, quotes where they are needed, `\N` or NULL for nothing.
 */
export function readCsv(text: string): Record<string, string>[] {
  const [names = [], ...rows] = cells(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  return rows.map((row) =>
    Object.fromEntries(
      names.map((name, index) => {
        const value = row[index] ?? '';
        return [name.trim(), ['\\N', 'NULL'].includes(value) ? '' : value];
      }),
    ),
  );
}

function cells(text: string): string[][] {
  const separator = text.split('\n', 1)[0]?.includes('\t') ? '\t' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endCell = () => {
    row.push(cell);
    cell = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isQuoted && (letter === '"' || letter === '\\') && text.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (isQuoted || cell === '')) isQuoted = !isQuoted;
    else if (!isQuoted && letter === separator) endCell();
    else if (!isQuoted && letter === '\n') endRow();
    else cell += letter;
  }
  endRow();
  return rows;
}
