import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FrameReader, readFrame } from './frame.ts';

const frame = (data: object) => JSON.stringify({ type: 'chat:completion', data });
const text = (delta: string, phase = 'answer') => frame({ delta_content: delta, phase });

/** What counts; `data` of a bare frame holds nothing that is not said beside it. */
function told(read: ReturnType<typeof readFrame>) {
  return read && { ...read, data: read.bare ? {} : read.data };
}

test('frames read one after the other are what they are alone', () => {
  const hostile = [
    text('a'), text('quote " and \\ and \n'), text('b'), text('', 'answer'), text('c', 'thinking'), text('d'),
    '{"type":"chat:completion","data":{"delta_content":"x","phase":"answer","delta_content":"y"}}',
    '{"type":"chat:completion","data":{"delta_content":"y","phase":"answer"}',
    '{"type":"chat:completion","data":{"delta_content":"broken" ,"phase":"answer"}}',
    '{"type":"chat:completion","data":{"delta_content":"a","error":{"code":1},"x":"","phase":"answer"}}',
    frame({ phase: '"delta_content":"', delta_content: 'e' }), frame({ phase: 'other', usage: {} }),
    '{"delta_content":"no envelope"}', '{"delta_content":"again"}', frame({ phase: 'done', done: true }), '[DONE]', '',
  ]; // prettier-ignore
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(...hostile),
          fc.string().map((delta) => text(delta)),
        ),
      ),
      (frames) => {
        const reader = new FrameReader();
        for (const one of frames) assert.deepEqual(told(reader.read(one)), told(readFrame(one)), one);
      },
    ),
    { numRuns: 500 },
  );
});
