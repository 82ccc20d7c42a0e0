import type { FieldValue } from '@syncline/model';
import type { ValueMap } from './mapping-file';
import type { YamlReader, YamlValue } from './yaml-reader';

/** A map from the system's values (as text) to Syncline's. */
export function parseValueMap(reader: YamlReader, value: YamlValue, what: string): ValueMap | undefined {
  const entries = reader.map(value, what);
  if (!entries) return undefined;
  const map = new Map<string, FieldValue>();
  for (const [from, to] of entries) {
    const target = reader.value(to, `what "${from}" becomes`);
    if (target !== undefined) map.set(from, target);
  }
  return map;
}
