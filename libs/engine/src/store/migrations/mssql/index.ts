import { MssqlInitial1763791200000 } from './1763791200000-initial';
import { MssqlCredit1764108000000 } from './1764108000000-credit';
import { MssqlInsight1764111600000 } from './1764111600000-insight';
import { MssqlItemVersions1764115200000 } from './1764115200000-item-versions';
import { MssqlAccountBirth1764137519000 } from './1764137519000-account-birth';
import { MssqlInsightRequest1764153911000 } from './1764153911000-insight-request';
import { MssqlAuditSeals1764162000000 } from './1764162000000-audit-seals';
import { MssqlMatching1764169200000 } from './1764169200000-matching';
import { MssqlMatchingInBulk1764208800000 } from './1764208800000-matching-in-bulk';
import { MssqlAccountParent1764212400000 } from './1764212400000-account-parent';

/** In the order in which they were made. */
export const MSSQL_MIGRATIONS = [
  MssqlInitial1763791200000,
  MssqlCredit1764108000000,
  MssqlInsight1764111600000,
  MssqlItemVersions1764115200000,
  MssqlAccountBirth1764137519000,
  MssqlInsightRequest1764153911000,
  MssqlAuditSeals1764162000000,
  MssqlMatching1764169200000,
  MssqlMatchingInBulk1764208800000,
  MssqlAccountParent1764212400000,
];
