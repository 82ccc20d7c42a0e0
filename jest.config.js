const { availableParallelism } = require('node:os');

// Nest 12 is published as ES modules; on Node 20 jest needs them (and what they load) as CommonJS.
const esmPackages = [
  '@nestjs',
  'cookie',
  'file-type',
  'load-esm',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  '@marcbachmann',
  'any-ascii',
  'opencc-js',
  'double-metaphone',
];

const shared = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmPackages.join('|')})/)`],
  moduleNameMapper: {
    '^@syncline/(pipeline|engine)/(.+)$': '<rootDir>/libs/$1/src/$2/index.ts',
    '^@syncline/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
  setupFiles: ['reflect-metadata'],
};

/** `npm test` needs no outside service; the distributed suites need the services of test/services. */
module.exports = {
  // Jest leaves one core free, which of two is half.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testSequencer: '<rootDir>/test/longest-first.cjs',
  // A bound for what hangs, not a measure of speed: a machine may be busy with other things.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '/dist/',
        '\\.int\\.spec\\.ts$',
        '\\.dist\\.spec\\.ts$',
        '\\.e2e\\.spec\\.ts$',
      ],
    },
    { ...shared, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e.spec.ts'] },
    { ...shared, displayName: 'distributed', testMatch: ['<rootDir>/{libs,test}/**/*.{int,dist}.spec.ts'] },
  ],
};
