import { createRequire } from 'node:module';

const load = createRequire(__filename);

/** A database's package, once a target needs it: each takes megabytes and a part of a second of every start. */
export function loadDriver<Package>(name: 'mssql' | 'pg'): Package {
  return load(name) as Package;
}
