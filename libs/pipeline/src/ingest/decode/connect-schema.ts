import { localDateOfEpochDay } from '@syncline/model';
import { ingestError } from '../errors';
import { connectDecimal } from './connect-decimal';
import { isObject, type JsonObject } from './json';
import { watchNumbers, type Reading } from './rows';

type Convert = (value: unknown) => unknown;

/** Conversions by the semantic name that the schema gives a column: numbers become what they mean. */
const BY_NAME: Readonly<Record<string, Convert>> = {
  'io.debezium.data.VariableScaleDecimal': (value) =>
    isObject(value) ? connectDecimal(value.value, value.scale) : value,
  'io.debezium.time.Date': dayText,
  'org.apache.kafka.connect.data.Date': dayText,
  'io.debezium.time.Timestamp': timeText(1_000n),
  'org.apache.kafka.connect.data.Timestamp': timeText(1_000n),
  'io.debezium.time.MicroTimestamp': timeText(1_000_000n),
  'io.debezium.time.NanoTimestamp': timeText(1_000_000_000n),
};

/** Converts the columns of a row by the schema that came with it. */
export function bySchema(row: JsonObject, schema: JsonObject | undefined, reading: Reading): JsonObject {
  if (!Array.isArray(schema?.fields)) return row;
  const converted = { ...watchNumbers(row, reading) };
  for (const field of schema.fields as unknown[]) {
    if (!isObject(field) || typeof field.field !== 'string') continue;
    const value = row[field.field];
    if (value === null || value === undefined) continue;
    const convert = conversion(field);
    if (convert) converted[field.field] = convert(value);
  }
  return converted;
}

function conversion(field: JsonObject): Convert | undefined {
  if (typeof field.name !== 'string') return undefined;
  if (field.name === 'org.apache.kafka.connect.data.Decimal')
    return (value) => (typeof value === 'string' ? connectDecimal(value, scaleOf(field)) : value);
  return BY_NAME[field.name];
}

function scaleOf(field: JsonObject): number {
  const scale = isObject(field.parameters) ? field.parameters.scale : undefined;
  if (scale === undefined) throw ingestError('INGEST_DECIMAL_INVALID', 'the schema of a decimal has no scale');
  return Number(scale);
}

/** The schema of one field of a struct, by name. */
export function fieldSchema(schema: JsonObject | null, name: string): JsonObject | undefined {
  if (!Array.isArray(schema?.fields)) return undefined;
  return (schema.fields as unknown[]).find((field): field is JsonObject => isObject(field) && field.field === name);
}

function dayText(value: unknown): unknown {
  return typeof value === 'number' ? localDateOfEpochDay(value) : value;
}

/** A time without zone: the column has none. `perSecond` says what the number counts. */
function timeText(perSecond: bigint): Convert {
  return (value) => {
    if (typeof value !== 'number' && !(typeof value === 'string' && /^-?\d{1,20}$/.test(value))) return value;
    const ticks = BigInt(value);
    const seconds = ticks / perSecond - (ticks % perSecond < 0n ? 1n : 0n);
    const fraction = String(ticks - seconds * perSecond).padStart(String(perSecond).length - 1, '0');
    const date = new Date(Number(seconds) * 1000);
    if (Number.isNaN(date.getTime())) return value;
    return `${date.toISOString().slice(0, 19)}.${fraction}`;
  };
}
