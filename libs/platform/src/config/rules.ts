import { isLocalDate } from '@syncline/model';
import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isIP } from 'node:net';

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

/** An IP address, or a network of them; not the network of all. */
export function IsAddressRange(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isAddressRange',
      validator: { validate: (value) => typeof value === 'string' && isAddressRange(value) },
    },
    options,
  );
}

function isAddressRange(text: string): boolean {
  const [address, prefix, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (version === 4 ? 32 : 128);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
