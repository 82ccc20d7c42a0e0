import Ajv, { type ErrorObject } from 'ajv';
import { configError } from './failures';

/**
 * The configuration with its defaults, checked against the adapter's JSON Schema.
 * @param where `target <name>`, for the message
 * @throws SynclineError TARGET_CONFIG_INVALID naming the field; values are never shown
 */
export function checkedConfig<T>(schema: Record<string, unknown>, config: unknown, where: string): T {
  const copy: unknown = structuredClone(config);
  const validate = new Ajv({ useDefaults: true, strict: false }).compile<T>(schema);
  if (validate(copy)) return copy;
  throw configError('TARGET_CONFIG_INVALID', problemOf(validate.errors), where);
}

function problemOf(errors: ErrorObject[] | null | undefined): string {
  const error = errors?.[0];
  const field = ['config', ...(error?.instancePath.split('/').filter(Boolean) ?? [])].join('.');
  const parameter = error?.params as Record<string, unknown> | undefined;
  const hint = parameter?.additionalProperty ?? parameter?.allowedValues;
  return `${field} ${error?.message ?? 'is invalid'}${hint === undefined ? '' : ` (${String(hint)})`}`;
}
