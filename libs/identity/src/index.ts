export * from './cluster';
export * from './customer-id';
export * from './identifiers';
export { isUnifiedSocialCreditCode } from './unified-social-credit-code';
