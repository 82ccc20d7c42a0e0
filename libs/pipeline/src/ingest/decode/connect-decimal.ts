import { ingestError } from '../errors';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const MAX_SCALE = 1_000;
const MAX_BYTES = 512;

/**
 * A decimal that Kafka Connect wrote as bytes: base64 of a big-endian two's complement integer, with its scale.
 * @throws SynclineError INGEST_DECIMAL_INVALID
 */
export function connectDecimal(base64: unknown, scale: unknown): string {
  if (
    typeof base64 !== 'string' ||
    !BASE64.test(base64) ||
    !Number.isInteger(scale) ||
    Math.abs(Number(scale)) > MAX_SCALE
  ) {
    throw ingestError('INGEST_DECIMAL_INVALID', 'a decimal is no base64 text with a whole scale');
  }
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length === 0 || bytes.length > MAX_BYTES)
    throw ingestError('INGEST_DECIMAL_INVALID', 'a decimal has no bytes, or too many');
  return withScale(BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`)), Number(scale));
}

function withScale(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const negative = unscaled < 0n;
  const digits = String(negative ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
