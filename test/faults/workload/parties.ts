import type { Chance } from './random';
import type { SourceSystem } from './source-system';

export interface Party {
  system: SourceSystem;
  id: number;
  identifier: number;
}

/** A customer with its satellites, as each of the systems writes them. */
export function createParty(system: SourceSystem, name: string, taxNumber: string): Party {
  const id = system.nextId('party_party');
  system.create('party_party', { id, active: true, code: `C${id}`, name, replaced_by: null });
  const identifier = system.create('party_identifier', { party: id, type: 'cn_uscc', code: taxNumber });
  const address = { party_name: null, street: `工业大道${id}号`, city: '苏州', postal_code: null, country: 1 };
  system.create('party_address', { party: id, active: true, ...address });
  return { system, id, identifier };
}

export function* contactStory({ system, id }: Party, chance: Chance): Generator<void> {
  const contact = { type: 'email', value: `ap${id}@c${id}.example`, name: null, active: true };
  const number = system.create('party_contact_mechanism', { party: id, ...contact });
  yield;
  system.update('party_contact_mechanism', number, { value: `billing${id}@c${id}.example` });
  yield;
  if (chance.happens(0.3)) system.remove('party_contact_mechanism', number);
}

export function* limitStory({ system, id }: Party, chance: Chance): Generator<void> {
  const limit = { company: 1, credit_limit_amount: String(chance.between(1, 50) * 10_000), party: id };
  const number = system.create('party_party_credit_limit_amount', limit);
  yield;
  if (chance.happens(0.5)) system.update('party_party_credit_limit_amount', number, { credit_limit_amount: '25000' });
}

export function* renameStory({ system, id }: Party, name: string): Generator<void> {
  yield;
  system.update('party_party', id, { name });
  yield;
}

/** Its number was a mistake: it parts from those that it shared it with. */
export function* splitStory({ system, identifier }: Party, otherNumber: string, chance: Chance): Generator<void> {
  yield;
  yield;
  if (chance.happens(0.4)) system.remove('party_identifier', identifier);
  else system.update('party_identifier', identifier, { code: otherNumber });
}

/** The ERP joins a duplicate to its original. */
export function* mergeStory({ system, id }: Party, into: Party): Generator<void> {
  yield;
  system.update('party_party', id, { active: false, replaced_by: into.id });
  yield;
}

export function* deleteStory({ system, id, identifier }: Party): Generator<void> {
  yield;
  yield;
  system.remove('party_identifier', identifier);
  system.remove('party_party', id);
}
