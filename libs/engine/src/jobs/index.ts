export * from './create-job-queue';
export * from './errors';
export * from './bullmq-job-queue';
export * from './embedded-job-queue';
