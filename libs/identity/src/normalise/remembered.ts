/** Enough for the texts that come again within a batch: cities, given names, the same name in several rules. */
const MOST = 1024;

/**
 * A normalisation that does not work the same text out twice in a row of records. The results are shared: they must not
 * be changed.
 */
export function remembered<Result>(normalise: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as Result;
    if (known.size >= MOST) known.clear();
    const result = normalise(text);
    known.set(text, result);
    return result;
  };
}
