import { SqliteInitial1763791200000 } from './1763791200000-initial';
import { SqliteCredit1764108000000 } from './1764108000000-credit';
import { SqliteInsight1764111600000 } from './1764111600000-insight';
import { SqliteItemVersions1764115200000 } from './1764115200000-item-versions';
import { SqliteAccountBirth1764137519000 } from './1764137519000-account-birth';
import { SqliteInsightRequest1764153911000 } from './1764153911000-insight-request';
import { SqliteAuditSeals1764162000000 } from './1764162000000-audit-seals';
import { SqliteMatching1764169200000 } from './1764169200000-matching';
import { SqliteMatchingInBulk1764208800000 } from './1764208800000-matching-in-bulk';
import { SqliteAccountParent1764212400000 } from './1764212400000-account-parent';

/** In the order in which they were made. */
export const SQLITE_MIGRATIONS = [
  SqliteInitial1763791200000,
  SqliteCredit1764108000000,
  SqliteInsight1764111600000,
  SqliteItemVersions1764115200000,
  SqliteAccountBirth1764137519000,
  SqliteInsightRequest1764153911000,
  SqliteAuditSeals1764162000000,
  SqliteMatching1764169200000,
  SqliteMatchingInBulk1764208800000,
  SqliteAccountParent1764212400000,
];
