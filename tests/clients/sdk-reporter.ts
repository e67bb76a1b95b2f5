/** One line of JSON for each test that has ended. */
import type { TestEvent } from 'node:test/reporters';

export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { name, details } = data;
    if (details.type === 'suite') continue;
    const error = 'error' in details ? details.error : undefined;
    const cause = error?.cause instanceof Error ? error.cause.message : error?.message;
    yield `${JSON.stringify({ test: name, failure: error ? (cause ?? 'failed') : null })}\n`;
  }
}
