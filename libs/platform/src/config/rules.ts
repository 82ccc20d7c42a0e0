import { isLocalDate } from '@syncline/model';
import { ValidateBy } from 'class-validator';

/** 'today' or an existing day. */
export function IsBusinessDate(): PropertyDecorator {
  return ValidateBy({
    name: 'isBusinessDate',
    validator: { validate: (value) => typeof value === 'string' && (value === 'today' || isLocalDate(value)) },
  });
}

/** A zone that this machine's calendar data knows. */
export function IsTimeZone(): PropertyDecorator {
  return ValidateBy({
    name: 'isTimeZone',
    validator: { validate: (value) => typeof value === 'string' && isTimeZone(value) },
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
