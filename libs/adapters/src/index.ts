export * from './kit';
export { sqlAdapter } from './sql/sql-adapter';
export { restAdapter } from './rest/rest-adapter';
export { trytonAdapter } from './tryton/tryton-adapter';
export { seedU8DemoDatabase } from './sql/u8-demo';
