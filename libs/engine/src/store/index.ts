export * from './create-store';
export * from './dialect/sql-dialect';
export * from './errors';
export * from './process-lock';
export * from './schema/table';
export * from './schema/tables';
export * from './store-config';
export * from './queries/create-store-queries';
