export * from './errors';
export * from './config';
export * from './secrets/secret-ref';
export * from './tls/tls-material';
export * from './clock/system-clock';
export * from './logging/logger';
export * from './metrics/prometheus-metrics';
export * from './shutdown/shutdown';
