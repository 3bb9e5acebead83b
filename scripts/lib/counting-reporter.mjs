/** Tells the program that started vitest what happened, test by test, over the port between the two processes. */
export default class CountingReporter {
  onTestCaseResult(test) {
    const { state } = test.result();
    const retries = test.diagnostic()?.retryCount ?? 0;
    process.send?.({ type: 'test', state, retries, name: test.fullName });
  }

  /** A file that could not be read, or an error outside every test, is a failure too. */
  onTestRunEnd(modules, unhandled) {
    const broken = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0);
    process.send?.({ type: 'end', broken: broken.length + unhandled.length });
  }
}
