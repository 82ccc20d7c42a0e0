import tseslint from 'typescript-eslint';

// Who may not import whom. The arrows run one way: apps -> composition -> engine, adapters, platform -> pipeline ->
// model, mapping, identity, receivables, analytics, credit. .dependency-cruiser.cjs checks the same in CI, over whole files;
// this makes the editor show it.
const OUTSIDE = [
  '@nestjs/*',
  'typeorm',
  'kafkajs',
  'bullmq',
  'ioredis',
  'pg',
  'mssql',
  'tedious',
  'libsql',
  'pino',
  'fs',
  'node:fs',
  'node:fs/*',
];
const libs = (...names) => names.flatMap((name) => [`@syncline/${name}`, `@syncline/${name}/*`]);
const forbid = (files, group, message) => ({
  files,
  ignores: ['**/*.spec.ts', '**/*.fixture.ts', '**/*.contract.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

const UPPER = libs('pipeline', 'engine', 'adapters', 'platform', 'composition', 'contracts', 'testing');
const PURE = 'A pure library: time, randomness and files come in as arguments; it knows no framework.';

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'coverage/**', '.syncline/**', '**/*.cjs', '**/*.mjs', 'jest.config.js'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/ban-ts-comment': 'error',
      // Tests read what they just built; `!` there is an assertion of its own.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 400 }],
    },
  },
  forbid(['libs/model/**/*.ts'], [...OUTSIDE, '@syncline/*', '@syncline/*/*'], PURE),
  forbid(
    ['libs/mapping/**/*.ts'],
    [...OUTSIDE, ...UPPER, ...libs('identity', 'receivables', 'analytics', 'credit')],
    PURE,
  ),
  forbid(
    ['libs/identity/**/*.ts'],
    [...OUTSIDE, ...UPPER, ...libs('mapping', 'receivables', 'analytics', 'credit')],
    PURE,
  ),
  forbid(
    ['libs/receivables/**/*.ts'],
    [...OUTSIDE, ...UPPER, ...libs('mapping', 'identity', 'analytics', 'credit')],
    PURE,
  ),
  forbid(['libs/analytics/**/*.ts'], [...OUTSIDE, ...UPPER, ...libs('mapping', 'identity', 'credit')], PURE),
  forbid(['libs/credit/**/*.ts'], [...OUTSIDE, ...UPPER, ...libs('mapping', 'identity')], PURE),
  forbid(
    ['libs/contracts/**/*.ts'],
    ['@syncline/*', '@syncline/*/*', '!@syncline/model'],
    'Contracts know the model alone.',
  ),
  forbid(
    ['libs/pipeline/**/*.ts'],
    libs('engine', 'adapters', 'platform', 'composition', 'testing'),
    'The pipeline owns ports; it knows none of their implementations.',
  ),
  forbid(
    ['libs/engine/**/*.ts'],
    libs('adapters', 'platform', 'composition', 'testing'),
    'Parts of the engine know the ports alone.',
  ),
  forbid(
    ['libs/adapters/**/*.ts'],
    libs('engine', 'platform', 'composition', 'testing'),
    'Adapters know the kit alone.',
  ),
  forbid(
    ['libs/platform/**/*.ts'],
    libs('engine', 'adapters', 'composition', 'testing'),
    'The platform knows no implementation.',
  ),
  forbid(
    ['apps/*/src/main.ts'],
    ['@syncline/*', '@syncline/*/*', '!@syncline/composition', '!@syncline/platform'],
    'Apps are composition roots: composition and platform are all they know.',
  ),
  { files: ['apps/cli/**/*.ts', 'test/bench/**/*.ts', 'test/faults/**/*.ts'], rules: { 'no-console': 'off' } },
);
