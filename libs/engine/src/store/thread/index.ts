// Without TypeORM and the servers' drivers, which a thread would load for nothing.
export * from './open-thread-store';
