/** Tells the program that started vitest what happened, test by test, over the port between the two processes. */
export default class CountingReporter {
  /** Files and groups of tests that failed as a whole, by an error before or after their tests. */
  #broken = 0;

  onTestCaseResult(test) {
    const { state } = test.result();
    const retries = test.diagnostic()?.retryCount ?? 0;
    process.send?.({ type: 'test', state, retries });
  }

  onTestSuiteResult(group) {
    if (group.errors().length > 0) this.#broken += 1;
  }

  onTestModuleEnd(module) {
    if (module.errors().length > 0) this.#broken += 1;
  }

  onTestRunEnd(modules, unhandled) {
    process.send?.({ type: 'end', broken: this.#broken + unhandled.length });
  }
}
