import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInstance } from 'class-validator';
import { SecretRef } from '../secrets/secret-ref';

/** One field of a configuration file, for its findings and for docs/reference/configuration.md. */
export interface SettingDescription {
  /** What follows from it. */
  meaning: string;
  /** What may stand there, as the end of the sentence 'expected …'. */
  expected: string;
  /** As the file would write it; absent = the field has to be there. */
  default?: string;
  /** Its value is never shown. */
  secret?: boolean;
}

type Constructor = abstract new (...args: never[]) => object;

const settings = new Map<object, Map<string, SettingDescription>>();

/** Describes a field; class-validator's decorators beside it check it. */
export function Setting(description: SettingDescription): PropertyDecorator {
  return (prototype, name) => {
    const own = settings.get(prototype) ?? new Map<string, SettingDescription>();
    own.set(String(name), description);
    settings.set(prototype, own);
  };
}

/** A field that holds a secret: kept as a reference, resolved only where it is used. */
export function SecretSetting(description: Omit<SettingDescription, 'secret'>): PropertyDecorator {
  return applyDecorators(
    Setting({ ...description, secret: true }),
    Transform(({ obj, key }) => secretOf(obj, key)),
    IsInstance(SecretRef),
  );
}

// class-transformer would copy a SecretRef into a plain object; the one in the source is taken instead.
function secretOf(source: unknown, key: string): unknown {
  return source !== null && typeof source === 'object' ? Reflect.get(source, key) : undefined;
}

/** The described fields of a class and those it extends, in the order of the source, by their name in code. */
export function settingsOf(type: Constructor): Map<string, SettingDescription> {
  const all: [string, SettingDescription][] = [];
  for (
    let prototype: unknown = type.prototype;
    prototype instanceof Object;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    all.unshift(...(settings.get(prototype as object) ?? []));
  }
  return new Map(all);
}

/** Names of all secret fields, as code writes them: such a name is a secret in every file. */
export function secretNames(): Set<string> {
  const all = [...settings.values()].flatMap((fields) => [...fields]);
  return new Set(all.filter(([, { secret }]) => secret).map(([name]) => name));
}
