import type { PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { PublishErrorCode } from '../errors';
import { requestError } from '../problem/problem';

/** Checks a query or body against a DTO class; what the class does not name is refused. */
export class Checked<T extends object> implements PipeTransform<unknown, T> {
  constructor(
    private readonly type: Type<T>,
    private readonly code: PublishErrorCode,
  ) {}

  /** @throws SynclineError of `code`, naming the fields and what they may be */
  transform(value: unknown): T {
    if (Buffer.isBuffer(value)) throw requestError('MEDIA_TYPE', 'A body of JSON is expected here.');
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw requestError(this.code, 'An object is expected.');
    }
    const instance = plainToInstance(this.type, withoutNulls(value ?? {}), { exposeDefaultValues: true });
    const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
    if (errors.length === 0) return instance;
    throw requestError(this.code, details(errors).join('; '), errors.map(({ property }) => property).join(', '));
  }
}

/** What is null is not said: no field of a request means something by it. */
function withoutNulls(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function details(errors: readonly ValidationError[], prefix = ''): string[] {
  return errors.flatMap((error) => {
    const path = `${prefix}${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((text) => text.replace(error.property, path));
    return [...own, ...details(error.children ?? [], `${path}.`)];
  });
}

export const checkedQuery = <T extends object>(type: Type<T>): Checked<T> => new Checked(type, 'BAD_QUERY');
export const checkedBody = <T extends object>(type: Type<T>): Checked<T> => new Checked(type, 'BAD_BODY');
