export * from './access/api-key';
export * from './access/roles';
export * from './errors';
export * from './ports';
export * from './publish-settings';
export type { CursorValues } from './paging/cursor';
