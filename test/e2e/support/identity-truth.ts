import type { Installation } from './installation';
import { fixture } from './samples';

interface Party {
  crm_party_id: number;
  /** `person_contact` is a person at a customer and `lookalike` another company: neither is the customer. */
  kind: string;
  erp_party_id: number | null;
  deleted_in_crm: boolean;
}

type LookAlike =
  | { where: 'crm_vs_erp'; crm_party_id: number; similar_erp_party_id: number }
  | { where: 'erp_vs_erp'; erp_party_ids: [number, number] };

interface IdentityTruth {
  parties: Party[];
  look_alikes: LookAlike[];
}

export interface IdentityQuality {
  /** CRM accounts that stand with an ERP customer, and with the right one. */
  found: number;
  right: number;
  wanted: number;
  f1: number;
  /** Look-alikes that stand together and must not. */
  joinedLookAlikes: LookAlike[];
}

/** Whom the CRM's accounts stand with, against who they are. */
export async function identityQuality(installation: Installation): Promise<IdentityQuality> {
  const truth = fixture<IdentityTruth>('identity-truth');
  const customerOf = await customers(installation);
  const ofErp = new Set([...customerOf].filter(([ref]) => ref.startsWith('erp/')).map(([, id]) => id));
  const parties = truth.parties.filter(({ deleted_in_crm: isGone }) => !isGone);
  let [found, right, wanted] = [0, 0, 0];
  for (const { crm_party_id: crm, erp_party_id: erp, kind } of parties) {
    const customer = customerOf.get(`crm/${crm}`);
    const true_ = kind === 'customer' || kind === 'duplicate' ? customerOf.get(`erp/${erp}`) : undefined;
    if (true_ !== undefined) wanted++;
    if (customer === undefined || !ofErp.has(customer)) continue;
    found++;
    if (customer === true_) right++;
  }
  const joinedLookAlikes = truth.look_alikes.filter((pair) => {
    const [a, b] =
      pair.where === 'erp_vs_erp'
        ? pair.erp_party_ids.map((id) => customerOf.get(`erp/${id}`))
        : [customerOf.get(`crm/${pair.crm_party_id}`), customerOf.get(`erp/${pair.similar_erp_party_id}`)];
    return a === b;
  });
  return { found, right, wanted, f1: (2 * right) / (found + wanted), joinedLookAlikes };
}

/** `system/key` of every account → its customer. */
export async function customers(installation: Installation): Promise<Map<string, string>> {
  const result = new Map<string, string>();
  let cursor: string | null = null;
  do {
    const page: { items: { id: string; accounts: { system: string; key: string }[] }[]; next_cursor: string | null } =
      await installation.get(`/customers?limit=200${cursor ? `&cursor=${cursor}` : ''}`);
    for (const { id, accounts } of page.items)
      for (const { system, key } of accounts) result.set(`${system}/${key}`, id);
    cursor = page.next_cursor;
  } while (cursor);
  return result;
}
