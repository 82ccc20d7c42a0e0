export * from './running-system';
export * from './scenario';
export * from './shuffled';
