import { createRequire } from 'node:module';

const load = createRequire(__filename);

/**
 * Libraries with dictionaries of their own, some 20 MB together: loaded by the first text that needs them, for most
 * threads and processes never prepare an account.
 */
function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Traditional characters as simplified ones. */
export const toSimplified = lazy((): ((text: string) => string) =>
  (load('opencc-js/t2cn') as typeof import('opencc-js/t2cn')).Converter({ from: 'tw', to: 'cn' }),
);

/** Any script in ASCII. */
export const asciiOf = lazy(() => (load('any-ascii') as typeof import('any-ascii')).default);

export const phoneLibrary = lazy(() => load('libphonenumber-js') as typeof import('libphonenumber-js'));

/** How a name sounds. */
export const doubleMetaphone = lazy(
  () => (load('double-metaphone') as typeof import('double-metaphone')).doubleMetaphone,
);
