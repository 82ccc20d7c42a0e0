export * from './decimal';
export * from './local-date';
export * from './errors';
export * from './record-catalogue';
export * from './record';
export * from './source-version';
export * from './credit-rating';
export * as settings from './settings';
