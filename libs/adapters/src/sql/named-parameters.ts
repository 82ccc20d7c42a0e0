/** How a database writes the n-th parameter (from 1). */
export type Placeholder = (name: string, position: number) => string;

export interface CompiledStatement {
  text: string;
  /** The names in the order of their places, each place once. */
  names: string[];
}

// What can't hold a parameter is skipped whole: literals, quoted names, comments, PostgreSQL's casts (`::`).
const TOKENS =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([A-Za-z_][A-Za-z0-9_]*)/g;

/** Turns `:name` in a statement into the database's own parameters; values never become part of the text. */
export function compileStatement(sql: string, placeholder: Placeholder): CompiledStatement {
  const names: string[] = [];
  const text = sql.replace(TOKENS, (token, name: string | undefined) => {
    if (name === undefined) return token;
    names.push(name);
    return placeholder(name, names.length);
  });
  return { text, names };
}
