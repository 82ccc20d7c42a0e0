export * from './errors';
export * from './installation';
export * from './roles';
export * from './version';
export * from './operations/progress';
export * from './operations/state-folder';
export * from './process/compose-process';
export * from './process/run-process';
export type { ProcessContext } from './process/process-context';
