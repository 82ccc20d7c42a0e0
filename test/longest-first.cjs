const Sequencer = require('@jest/test-sequencer').default;

/** Suites that run whole installations for a minute; jest guesses by the size of the file, which is small. */
const WHOLE_INSTALLATIONS = /\.(e2e|dist)\.spec\.ts$/;

/** Starts the longest suites first, so that at the end no worker is alone with one of them. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const long = sorted.filter(({ path }) => WHOLE_INSTALLATIONS.test(path));
    return [...long, ...sorted.filter((test) => !long.includes(test))];
  }
};
