/** Codes that reconcile raises; the reference page of errors is made from this. */
export const RECONCILE_ERRORS = {
  RECORD_MALFORMED: {
    kind: 'poison',
    meaning: 'A message of the records topic is not a record of a known kind.',
    advice: 'Only Syncline itself writes to this topic; find out who else does.',
  },
  IDENTITY_COMPONENT_TOO_WIDE: {
    kind: 'fatal',
    meaning: 'Accounts are connected with each other over more steps than real companies are.',
    advice: 'Look for an identifier that many different companies share, and correct it in the source.',
  },
  ACCOUNT_NOT_FOUND: {
    kind: 'request',
    meaning: 'No account has this system and key.',
    advice: 'Look it up with GET /customers?q=….',
  },
  SAME_ACCOUNT: {
    kind: 'request',
    meaning: 'A decision names one account twice.',
    advice: 'Name two different accounts.',
  },
  DECISION_NOT_FOUND: {
    kind: 'request',
    meaning: 'No identity decision has this id.',
    advice: 'List them with GET /identity-decisions.',
  },
  DECISION_REVOKED: {
    kind: 'request',
    meaning: 'The identity decision was revoked before.',
    advice: 'Decide anew if it should hold again.',
  },
} as const;
