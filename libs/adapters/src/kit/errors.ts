import type { ErrorKind } from '@syncline/model';

export interface AdapterErrorDescription {
  kind: ErrorKind;
  meaning: string;
  advice: string;
}

/** What targets answer, in the words that all adapters share. */
export const ADAPTERS_ERRORS = {
  TARGET_CONFIG_INVALID: {
    kind: 'request',
    meaning: "The configuration of a target isn't what its adapter needs.",
    advice: 'Correct the field that the message names; docs/reference/adapters.md lists all fields.',
  },
  SECRET_UNAVAILABLE: {
    kind: 'request',
    meaning: 'A secret reference points at an environment variable or file that is not there.',
    advice:
      'Set the variable or mount the file that the message names; the value itself never belongs in the configuration.',
  },
  TARGET_UNREACHABLE: {
    kind: 'transient',
    meaning: 'No connection to the target: refused, no route, unknown host or no TLS.',
    advice: 'Check that it runs, its address in the configuration and the network between.',
  },
  TARGET_CONNECTION_LOST: {
    kind: 'transient',
    meaning: 'The connection broke before the answer came; the write may have happened and is looked up first.',
    advice: 'Nothing to do when it is rare; else check the network and proxies between.',
  },
  TARGET_ERROR: {
    kind: 'transient',
    meaning: 'The target answered that something went wrong inside it.',
    advice: "Look into the target's own log at the time of the attempt.",
  },
  TARGET_BUSY: {
    kind: 'transient',
    meaning: 'The target was busy: a lock, a deadlock or too little room.',
    advice: 'Nothing to do when it is rare; else look for long transactions in the target.',
  },
  TARGET_THROTTLED: {
    kind: 'transient',
    meaning: 'The target wants fewer requests.',
    advice: 'Lower rate_per_second of the target when it lasts.',
  },
  TARGET_CONFLICT: {
    kind: 'transient',
    meaning: 'Someone changed the account between reading and writing.',
    advice: 'Nothing to do: it is read again and decided anew.',
  },
  TARGET_LOGIN_REFUSED: {
    kind: 'transient',
    meaning: 'The target refuses the login or its session ended.',
    advice: "Check user, secret and company of the target's configuration; deliveries go on by themselves.",
  },
  TARGET_COMPANY_WRONG: {
    kind: 'transient',
    meaning: "The target's user works in another company, or in none: writes would look right and change nothing real.",
    advice: "Set the company of the target's user, or correct company and currency in the configuration.",
  },
  TARGET_NAME_UNKNOWN: {
    kind: 'transient',
    meaning: 'The configuration names something that the target does not have, or has twice.',
    advice: 'Create it in the target, or correct the name that the message gives.',
  },
  TARGET_FORBIDDEN: {
    kind: 'transient',
    meaning: "The target's user may not do this.",
    advice: 'Give the user the right that the message names; deliveries go on by themselves.',
  },
  TARGET_REFUSED: {
    kind: 'poison',
    meaning: 'The target refuses the values by a rule of its own.',
    advice: "Look up the code of the message in the target's documentation, correct the account there, then retry.",
  },
  TARGET_ANSWER_UNREADABLE: {
    kind: 'transient',
    meaning: "The target's answer isn't what the configuration says it is.",
    advice: 'Compare the configured paths with a real answer; an error page of a proxy looks like this too.',
  },
  TARGET_ROWS_UNEXPECTED: {
    kind: 'poison',
    meaning: 'A statement would have changed more than one row; it was rolled back.',
    advice: "Make the statement's condition name exactly one account.",
  },
  TARGET_BATCH_ROLLED_BACK: {
    kind: 'transient',
    meaning: 'Another account of the same batch failed, so all of the batch was rolled back.',
    advice: 'Nothing to do: the accounts are written one by one.',
  },
  TARGET_VALUE_UNSUPPORTED: {
    kind: 'poison',
    meaning: 'The target has no way to hold a value of the rating.',
    advice: "Extend the mapping of the field in the target's configuration, or change the credit policy.",
  },
  TARGET_CURRENCY_DIFFERENT: {
    kind: 'poison',
    meaning: "The rating is in another currency than the target's limits.",
    advice: "Correct the target's currency or the policy's; amounts are never converted silently.",
  },
  HOST_NOT_ALLOWED: {
    kind: 'request',
    meaning: 'A request would have gone to a host outside allowed_hosts.',
    advice: 'Add the host to allowed_hosts of the target if it is meant.',
  },
} as const satisfies Record<string, AdapterErrorDescription>;

export type AdapterErrorCode = keyof typeof ADAPTERS_ERRORS;
