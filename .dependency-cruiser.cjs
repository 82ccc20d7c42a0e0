// The arrows of docs/explanation/architecture.md, checked over whole files. eslint.config.mjs shows the same in the editor.
const lib = (...names) => `^libs/(${names.join('|')})/`;
const TESTS = '\\.(spec|contract|double|fixture)\\.ts$|^libs/testing/|^test/';
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from: { pathNot: TESTS, ...from }, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    rule(
      'model-knows-nobody',
      'Everything stands on the model.',
      { path: lib('model') },
      { path: '^(libs|apps)/', pathNot: lib('model') },
    ),
    rule(
      'pure-libraries-stay-pure',
      'They may know the model, and some of them each other.',
      { path: lib('mapping', 'identity', 'receivables') },
      { path: '^(libs|apps)/', pathNot: [lib('model'), '^libs/$1/'] },
    ),
    rule(
      'analytics-stays-pure',
      'Analytics reads receivables and the model.',
      { path: lib('analytics') },
      { path: '^(libs|apps)/', pathNot: lib('model', 'receivables', 'analytics') },
    ),
    rule(
      'credit-stays-pure',
      'Credit reads receivables and the model; its policy names the facts of analytics.',
      { path: lib('credit') },
      { path: '^(libs|apps)/', pathNot: lib('model', 'receivables', 'analytics', 'credit') },
    ),
    rule(
      'pure-libraries-use-no-framework',
      'No Nest, no database, no broker, no files.',
      { path: lib('model', 'mapping', 'identity', 'receivables', 'analytics', 'credit') },
      {
        path: '(^|/)node_modules/(@nestjs|typeorm|kafkajs|bullmq|ioredis|pg|mssql|tedious|libsql|pino)(/|$)|^(node:)?(fs|net|http|https|child_process|worker_threads)(/|$)',
      },
    ),
    rule(
      'contracts-know-the-model',
      'Subscribers share them.',
      { path: lib('contracts') },
      { path: '^(libs|apps)/', pathNot: lib('contracts', 'model') },
    ),
    rule(
      'pipeline-knows-ports-only',
      'Implementations are chosen by composition.',
      { path: lib('pipeline') },
      { path: [lib('engine', 'adapters', 'platform', 'composition'), '^apps/'] },
    ),
    rule(
      'engine-parts-stand-alone',
      'Log, store and jobs meet in composition; what all of them say of a connection stands in connection.',
      { path: '^libs/engine/src/([^/]+)/' },
      { path: '^libs/engine/src/', pathNot: ['^libs/engine/src/$1/', '^libs/engine/src/connection/'] },
    ),
    rule(
      'engine-knows-ports-only',
      'No adapters, no platform.',
      { path: lib('engine') },
      { path: [lib('adapters', 'platform', 'composition'), '^apps/'] },
    ),
    rule(
      'adapters-know-the-kit',
      'An adapter owns one protocol.',
      { path: lib('adapters') },
      { path: [lib('engine', 'platform', 'composition'), '^apps/'] },
    ),
    rule(
      'platform-knows-no-implementation',
      'It serves every process alike.',
      { path: lib('platform') },
      { path: [lib('engine', 'adapters', 'composition'), '^apps/'] },
    ),
    rule(
      'only-composition-chooses',
      'Nobody else imports engine or adapters.',
      { path: '^(libs|apps)/', pathNot: `${TESTS}|${lib('engine', 'adapters', 'composition')}` },
      { path: lib('engine', 'adapters') },
    ),
    rule(
      'apps-are-roots',
      'A main.ts knows composition and platform.',
      { path: '^apps/[^/]+/src/main\\.ts$' },
      { path: '^libs/', pathNot: lib('composition', 'platform') },
    ),
    {
      name: 'no-tests-in-production',
      comment: 'Test code is for tests.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
