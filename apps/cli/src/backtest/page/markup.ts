/** Text as it may stand in HTML and in attributes: nothing in it is markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A table; the first column names the row, figures stand right. */
export function htmlTable(headings: readonly string[], rows: readonly (readonly string[])[], caption?: string): string {
  const head = headings.map((heading) => `<th scope="col">${escaped(heading)}</th>`).join('');
  const body = rows
    .map(([name = '', ...cells]) => `<tr><th scope="row">${escaped(name)}</th>${cells.map(cell).join('')}</tr>`)
    .join('');
  const title = caption === undefined ? '' : `<caption>${escaped(caption)}</caption>`;
  return `<div class="scroll"><table>${title}<thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const FIGURE = /^[–\d.,% +-]+$|^–?\d.* to .*$/;

function cell(text: string): string {
  return `<td${FIGURE.test(text) ? ' class="figure"' : ''}>${escaped(text)}</td>`;
}

/** A part of the page with a heading. */
export function section(title: string, ...parts: readonly string[]): string {
  return `<section><h2>${escaped(title)}</h2>${parts.filter((part) => part !== '').join('')}</section>`;
}

export function paragraph(text: string, className?: string): string {
  return `<p${className === undefined ? '' : ` class="${className}"`}>${escaped(text)}</p>`;
}
