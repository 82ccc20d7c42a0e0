import { PostgresInitial1763791200000 } from './1763791200000-initial';
import { PostgresCredit1764108000000 } from './1764108000000-credit';
import { PostgresInsight1764111600000 } from './1764111600000-insight';
import { PostgresItemVersions1764115200000 } from './1764115200000-item-versions';
import { PostgresAccountBirth1764137519000 } from './1764137519000-account-birth';
import { PostgresInsightRequest1764153911000 } from './1764153911000-insight-request';
import { PostgresAuditSeals1764162000000 } from './1764162000000-audit-seals';
import { PostgresMatching1764169200000 } from './1764169200000-matching';
import { PostgresMatchingInBulk1764208800000 } from './1764208800000-matching-in-bulk';
import { PostgresAccountParent1764212400000 } from './1764212400000-account-parent';

/** In the order in which they were made. */
export const POSTGRES_MIGRATIONS = [
  PostgresInitial1763791200000,
  PostgresCredit1764108000000,
  PostgresInsight1764111600000,
  PostgresItemVersions1764115200000,
  PostgresAccountBirth1764137519000,
  PostgresInsightRequest1764153911000,
  PostgresAuditSeals1764162000000,
  PostgresMatching1764169200000,
  PostgresMatchingInBulk1764208800000,
  PostgresAccountParent1764212400000,
];
