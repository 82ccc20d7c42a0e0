export type Token =
  | { type: 'number'; text: string; at: number }
  | { type: 'name'; text: string; at: number }
  | { type: 'operator'; text: string; at: number }
  | { type: 'end'; text: ''; at: number };

/** Something wrong in a condition, at a 0-based position of its text. */
export class RuleSyntaxError extends Error {
  constructor(
    message: string,
    readonly at: number,
    readonly suggestion?: string,
  ) {
    super(message);
    this.name = 'RuleSyntaxError';
  }
}

const WORDS = new Set(['and', 'or', 'not']);
// Typographic signs mean the same as the ASCII ones, so that a policy can be pasted from a document.
const SAME: Record<string, string> = { '×': '*', '−': '-', '÷': '/', '≤': '<=', '≥': '>=', '≠': '!=' };
const PATTERN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|==|!=|[<>+\-*/()×−÷≤≥≠]))/y;

/** @throws RuleSyntaxError for a character that has no meaning here */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(text);
    if (!match) {
      const start = at + text.slice(at).search(/\S/);
      throw new RuleSyntaxError(`unexpected '${text[start]}'`, start, hint(text[start]));
    }
    tokens.push(token(match, PATTERN.lastIndex));
    at = PATTERN.lastIndex;
  }
  tokens.push({ type: 'end', text: '', at: text.length });
  return tokens;
}

function token(match: RegExpExecArray, end: number): Token {
  const [, digits, name, sign] = match;
  if (digits !== undefined) return { type: 'number', text: digits, at: end - digits.length };
  if (name !== undefined) return { type: WORDS.has(name) ? 'operator' : 'name', text: name, at: end - name.length };
  return { type: 'operator', text: SAME[sign] ?? sign, at: end - sign.length };
}

function hint(character: string): string | undefined {
  return { '=': 'write ==', '&': 'write and', '|': 'write or', '!': 'write not' }[character];
}
