/** The buffers of numbers in plain data: they are handed over to another thread, everything else is copied. */
export function buffersIn(data: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(data, found);
  return [...found];
}

function collect(data: unknown, found: Set<ArrayBuffer>): void {
  if (ArrayBuffer.isView(data)) {
    found.add(data.buffer as ArrayBuffer);
  } else if (isRecord(data)) {
    for (const value of Object.values(data)) collect(value, found);
  }
}

/** Lists and maps hold no buffers here, and may be long. */
function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && Object.getPrototypeOf(data) === Object.prototype;
}
