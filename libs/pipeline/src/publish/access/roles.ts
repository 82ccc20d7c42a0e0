/**
 * Who may do what:
 * - `operator`: IT operations; runs connectors, reads dead letters with their bytes, replays
 * - `administrator`: ERP administrators; mappings, identity decisions, errors, API keys
 * - `analyst`: credit and sales people; reads everything about customers, their profits too
 * - `subscriber`: downstream systems; reads the view with personal data masked
 */
export const ROLES = ['operator', 'administrator', 'analyst', 'subscriber'] as const;

export type Role = (typeof ROLES)[number];

/** Whether contacts, addresses and identifiers of persons are shown to this role as they are. */
export function seesPersonalData(role: Role): boolean {
  return role !== 'subscriber';
}

/** Whether profits and costs are shown to this role: what a house earns is for those who decide by it. */
export function seesProfits(role: Role): boolean {
  return role === 'administrator' || role === 'analyst';
}

/** Whether the bytes of a failed message are shown to this role. */
export function seesMessageBytes(role: Role): boolean {
  return role === 'operator';
}
