import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import fc from 'fast-check';
import { ChatError } from '../chat/errors.ts';
import { createSseReader, type SseLimits } from './sse.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function read(pieces: readonly Uint8Array[], limits: SseLimits = {}): [string, string | undefined][] {
  const events: [string, string | undefined][] = [];
  const reader = createSseReader(limits, (data, event) => events.push([data, event]));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return events;
}

const stream =
  ': hi\n\ndata: a\u2028b 🧪\n\nevent: x\nid: 1\ndata:no blank\ndata:  two\n\nretry: 5\n\ndata\n\ndata: last';
const expected = [
  ['a\u2028b 🧪', undefined],
  ['no blank\n two', 'x'],
  ['', undefined],
  ['last', undefined],
];

const refused = (error: unknown) => error instanceof ChatError && error.code === 'upstream_protocol';

describe('sse reader', () => {
  for (const [name, end] of Object.entries({ LF: '\n', 'CR LF': '\r\n', CR: '\r' })) {
    it(`reads ${name} line ends, whole and split at every byte`, () => {
      const whole = bytes(stream.replaceAll('\n', end));
      assert.deepEqual(read([whole]), expected);
      for (let at = 0; at <= whole.length; at += 1) {
        assert.deepEqual(read([whole.subarray(0, at), whole.subarray(at)]), expected, `split at ${at}`);
      }
    });
  }

  it('drops a byte order mark and keeps one inside', () => {
    assert.deepEqual(read([bytes('\uFEFFdata: a\uFEFF\n\n')]), [['a\uFEFF', undefined]]);
  });

  it('hands an event over as soon as its blank line is there, also with CR', () => {
    const got: string[] = [];
    const reader = createSseReader({}, (data) => got.push(data));
    reader.push(bytes('data: 1\r\r'));
    assert.deepEqual(got, ['1']);
  });

  it('refuses lines and events beyond the limits, in whatever pieces', () => {
    const limits = { maxLine: 100, maxEvent: 1000 };
    const line = bytes(`data: ${'x'.repeat(200)}\n\n`);
    assert.throws(() => read([line], limits), refused);
    assert.throws(
      () =>
        read(
          [...line].map((byte) => Uint8Array.of(byte)),
          limits,
        ),
      refused,
    );
    assert.throws(
      () =>
        read(
          Array.from({ length: 50 }, () => bytes(`data: ${'x'.repeat(50)}\n`)),
          limits,
        ),
      refused,
    );
    assert.equal(
      read(
        Array.from({ length: 50 }, () => bytes(`data: ${'x'.repeat(50)}\n\n`)),
        limits,
      ).length,
      50,
    );
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 }), (pieces) => void read(pieces)),
      { numRuns: 300 },
    );
  });

  it('F140: stays linear on line ends alone', () => {
    for (const end of ['\r', '\n', '\r\n', 'data\r', ':\r']) {
      const work = (size: number) => void read([bytes(end.repeat(size / end.length))]);
      assert.ok(growth(work, 1 << 18) < linear, JSON.stringify(end));
    }
  });
});
