import type { ErrorClass } from '@syncline/model';
import { count, dictionary, instant, object, oneOf, text, textOrNull, type JsonSchema } from './json-schema';

/** Every class of failure; the type makes sure that none is missing. */
const CLASSES: Readonly<Record<ErrorClass, true>> = {
  value: true,
  missing: true,
  parse: true,
  duplicate: true,
  connection: true,
  intermittent: true,
  rate_limit: true,
  too_large: true,
  authorization: true,
  parked: true,
};

export const ERROR_CLASSES = Object.keys(CLASSES) as ErrorClass[];

const errorClassOrNull = (description: string): JsonSchema => ({
  ...oneOf(ERROR_CLASSES, description),
  type: ['string', 'null'],
});

export const DELIVERY_DATA = object({
  customerId: text('The customer.'),
  target: text('The target of config/targets/.'),
  accountKey: text("Key of the account in the target's system."),
  accountCode: textOrNull('The code by which the target knows it.'),
  desiredVersion: count('Version of the rating that the target has to have.'),
  confirmedVersion: {
    type: ['integer', 'null'],
    description: 'Version last read back from the target; null = none yet.',
  },
  attempts: count('Attempts at this version.'),
  errorCode: textOrNull('Why it failed.'),
  errorClass: errorClassOrNull('Class of the failure.'),
  observed: {
    ...dictionary({ type: ['string', 'null'] }, 'What was read back, field by field.'),
    type: ['object', 'null'],
  },
});

export const DEAD_LETTER_DATA = object({
  deadLetterId: text('`<topic>/<partition>/<offset>` of the message that failed.'),
  stage: oneOf(['ingest', 'reconcile', 'rate', 'deliver'], 'The stage that could not handle it.'),
  system: text('The system whose connector brought it.'),
  topic: text('Topic of the message.'),
  partition: {
    type: 'integer',
    description: 'Partition of the message; -1 = it came through the front door and stands in no log.',
  },
  offset: { type: 'integer', description: 'Offset of the message; -1 likewise.' },
  code: text('Stable error code; see the error reference.'),
  class: oneOf(ERROR_CLASSES, 'What kind of failure it is.'),
  message: text('What was being done and what is wrong; holds nothing of the message itself.'),
  where: textOrNull('Field path or place in a file.'),
  advice: textOrNull('What to do about it.'),
  mapping: textOrNull('`<mapping>@<version>` that was used.'),
  attempts: count('How often it was tried.'),
  firstFailedAt: instant('When it failed first.'),
});
