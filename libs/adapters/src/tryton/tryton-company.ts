import { TargetFailure } from '@syncline/pipeline/deliver';
import { CreditMapping, failure, type CreditMappingConfig } from '../kit';
import type { TrytonConfig, TrytonName } from './tryton-config';
import type { TrytonRpc } from './tryton-rpc';

interface CompanyRow {
  'party.': { name: string };
  'currency.': { code: string };
}

/** What was found out about the company at login: that it is the right one, and the numbers of configured names. */
export interface TrytonCompany {
  mapping: CreditMapping;
  gradeIds: number[];
  holdIds: number[];
  carriesTerms: boolean;
  userId: number;
}

/**
 * Asserts the company and looks up what the configuration names.
 * @throws TargetFailure TARGET_COMPANY_WRONG, TARGET_NAME_UNKNOWN
 */
export async function openCompany(rpc: TrytonRpc, config: TrytonConfig, signal: AbortSignal): Promise<TrytonCompany> {
  const { context, userId } = await rpc.session(signal);
  await assertCompany(rpc, config, context.company, signal);
  const categories = lookUp(rpc, 'party.category', signal);
  const grades = config.grades && (await numbered(config.grades, categories));
  const holds = config.holds && (await numbered(config.holds, categories));
  const terms =
    config.payment_terms && (await numbered(config.payment_terms, lookUp(rpc, 'account.invoice.payment_term', signal)));
  return {
    mapping: new CreditMapping(mappingConfig(config, grades, holds, terms)),
    gradeIds: Object.values(grades ?? {}),
    holdIds: Object.values(holds ?? {}),
    carriesTerms: terms !== undefined,
    userId,
  };
}

async function assertCompany(
  rpc: TrytonRpc,
  config: TrytonConfig,
  company: unknown,
  signal: AbortSignal,
): Promise<void> {
  const wrong = (detail: string) =>
    new TargetFailure(failure('TARGET_COMPANY_WRONG', { type: 'auth', refreshable: false }, detail));
  if (typeof company !== 'number') throw wrong('the user has no company');
  const fields = ['party.name', 'currency.code'];
  const domain = [['id', '=', company]];
  const [row] = await rpc.call<CompanyRow[]>('company.company.search_read', [domain, 0, 1, null, fields], signal);
  if (row?.['party.'].name !== config.company) throw wrong('not the configured company');
  const { code } = row['currency.'];
  if (code !== config.currency) throw wrong(`its currency is ${code}`);
}

type Lookup = (name: TrytonName) => Promise<number>;

function lookUp(rpc: TrytonRpc, model: string, signal: AbortSignal): Lookup {
  let rows: Promise<{ id: number; rec_name: string }[]> | null = null;
  return async (name) => {
    rows ??= rpc.call(`${model}.search_read`, [[], 0, null, null, ['id', 'rec_name']], signal);
    const found = (await rows).filter(({ id, rec_name: shown }) => (typeof name === 'number' ? id : shown) === name);
    if (found.length === 1) return found[0]!.id;
    const detail = `${model} ${JSON.stringify(name)} is there ${found.length} times`;
    throw new TargetFailure(failure('TARGET_NAME_UNKNOWN', { type: 'auth', refreshable: false }, detail));
  };
}

async function numbered<K extends string>(names: Record<K, TrytonName>, idOf: Lookup): Promise<Record<K, number>> {
  const ids: [string, number][] = [];
  for (const [key, name] of Object.entries<TrytonName>(names)) ids.push([key, await idOf(name)]);
  return Object.fromEntries(ids) as Record<K, number>;
}

function mappingConfig(
  config: TrytonConfig,
  grades: Record<string, number> | undefined,
  holds: Record<'new_orders' | 'all', number> | undefined,
  terms: Record<string, number> | undefined,
): CreditMappingConfig {
  const { currency, scale, rounding } = config;
  return {
    currency,
    limit: { name: 'limit', scale, precision: 18, rounding, unlimited: 'null' },
    ...(grades && { grade: { name: 'grade', values: grades } }),
    ...(terms && { term_days: { name: 'term', values: terms } }),
    ...(holds && { hold: { name: 'hold', values: { none: '', ...holds } } }),
  };
}
