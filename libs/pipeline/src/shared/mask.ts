/** What stands in the place of something that the reader may not see. */
export const MASK = '***';
