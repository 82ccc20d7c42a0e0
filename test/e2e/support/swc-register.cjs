// Lets node run this repository's TypeScript as it is: `node -r test/e2e/support/swc-register.cjs apps/…/main.ts`.
// A test that needs a process to kill must not depend on a build made before it.
const Module = require('node:module');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const ROOT = join(__dirname, '../../..');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [, lib, part] = /^@syncline\/([^/]+)(\/.+)?$/.exec(request) ?? [];
  const file = lib === undefined ? request : join(ROOT, 'libs', lib, 'src', part ?? '', 'index.ts');
  return resolve.call(this, file, ...rest);
};

Module._extensions['.ts'] = (module, path) => {
  const { code } = transformSync(readFileSync(path, 'utf8'), {
    filename: path,
    swcrc: false,
    sourceMaps: 'inline',
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2022',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
  });
  module._compile(code, path);
};
