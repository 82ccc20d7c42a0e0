export * from './batch-context';
export * from './batch-error.filter';
export * from './batch-log-server';
export * from './stage-binding';
