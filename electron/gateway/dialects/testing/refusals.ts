/** How every dialect refuses a body, tested in one place; each brings its own table of what is wrong. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ChatError } from '../../chat/errors.ts';

type Decode = (body: unknown) => unknown;

/** Stands in the bodies for what a user has written: no error may repeat it. */
export const secret = 'CANARY-prompt';

export function refusalOf(decode: Decode, body: unknown): ChatError {
  try {
    decode(body);
  } catch (error) {
    assert.ok(error instanceof ChatError, String(error));
    return error;
  }
  assert.fail('the body was accepted');
}

/** Fields that are wrong, on top of the smallest body, and the parameter that is named. */
export type WrongFields = readonly (readonly [fields: object, param: string])[];

export function testWrongParameters(decode: Decode, smallest: object, cases: WrongFields): void {
  test('a wrong parameter is named and never repeated', () => {
    for (const [fields, param] of cases) {
      const error = refusalOf(decode, { ...smallest, ...fields });
      const label = JSON.stringify(fields);
      assert.deepEqual([error.code, error.status, error.param], ['invalid_parameter', 400, param], label);
      assert.match(error.message, /^[^ ]+ (?:must|is required).*\.$/, label);
      assert.ok(!error.message.includes(secret), label);
    }
  });
}

export function testNoObject(decode: Decode): void {
  test('a body that is no object', () => {
    for (const body of [null, undefined, [], 'text', 7, true])
      assert.equal(refusalOf(decode, body).code, 'invalid_json');
  });
}

/** `list` is where the messages are, `entry` the smallest of them. */
export function testExhausting(decode: Decode, smallest: object, list: string, entry: object): void {
  test('F039: bodies made to exhaust are refused at once', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [`k${key}`, key]));
    const bodies = {
      deep: { ...smallest, tools: deep },
      messages: { ...smallest, [list]: Array.from({ length: 1_000_000 }, () => entry) },
      keys: { ...smallest, ...many },
      values: { ...smallest, metadata: Array.from({ length: 1_000_000 }, () => ({})) },
    };
    for (const [name, body] of Object.entries(bodies)) assert.equal(refusalOf(decode, body).code, 'too_complex', name);
  });
}

/** `extra` has fields of any shape, and is laid over the others. */
export function testAnyBody(decode: Decode, smallest: object, body: fc.Arbitrary<{ readonly extra: object }>): void {
  test('whatever the body, the outcome is a request or a ChatError', () => {
    fc.assert(
      fc.property(body, ({ extra, ...rest }) => {
        try {
          decode({ ...smallest, ...rest, ...extra });
        } catch (error) {
          assert.ok(error instanceof ChatError && error.status === 400, String(error));
        }
      }),
      { numRuns: 1_000 },
    );
  });
}
