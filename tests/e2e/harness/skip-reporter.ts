import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Says at the end why tests were skipped; the list itself only marks them. */
export default class SkipReporter implements Reporter {
  readonly #reasons = new Map<string, number>();

  onTestEnd({ annotations }: TestCase, { status }: TestResult): void {
    if (status !== 'skipped') return;
    const reason = annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given';
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
  }

  onEnd(): void {
    for (const [reason, count] of this.#reasons) console.log(`  ${count} skipped: ${reason}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
