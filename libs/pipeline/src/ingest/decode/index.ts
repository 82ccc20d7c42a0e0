export { decodeMessage, type SourceMessage } from './decode-message';
