export * from './fields';
export * from './setting-finding';
export * from './yaml-cursor';
