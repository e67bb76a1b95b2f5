import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { growth, linear } from '../../../../../tests/growth.ts';
import { bytesOf, replay } from '../testing/replay.ts';

/** The inputs that are known to hurt readers of model output. */
const answer = (text: string) => ({ phase: 'answer', delta_content: text });
const thinking = (text: string) => ({ phase: 'thinking', delta_content: text });
const edit = (index: number, text: string, phase = 'tool_call') => ({ phase, edit_index: index, edit_content: text });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const wrapper = '<details type="reasoning">\n<summary>x</summary>\n> ';
const block = (text: string) =>
  `<glm_block >{"data":{"metadata":{"id":"1","name":"run","arguments":"${text}","result":""}}}</glm_block>`;

const inputs: Readonly<Record<string, (size: number) => object[]>> = {
  'small deltas': (size) => times(size / 8, () => answer('words of ')),
  'unclosed wrappers': (size) => times(size / 90, () => answer('<details>'.repeat(10))),
  'unclosed reasoning wrappers': (size) => times(size / 250, () => thinking('<details type="reasoning">'.repeat(10))),
  'quoted lines in a wrapper': (size) => [thinking(wrapper), ...times(size / 40, () => thinking('\n> \n>\n</det\n> </details> x\n'))],
  'line ends in a wrapper': (size) => [thinking(wrapper), ...times(size / 1000, () => thinking('\n'.repeat(1000)))],
  'marks that never end': (size) => times(size / 1000, () => answer('【'.repeat(1000))),
  'marks in small deltas': (size) => times(size / 8, () => answer('【turn0')),
  'tool block beginnings': (size) => [edit(0, '<glm_block '.repeat(size / 11))],
  'edits of a growing tail': (size) => times(size / 20, (index) => edit(index * 10, '<glm_block >{"x": 1')),
  'edits far back in a long text': (size) => [answer('x'.repeat(size)), ...times(size / 100, (index) => edit(size - index * 50, 'y'))],
  'a long block rewritten at its end': (size) => [edit(0, block('z'.repeat(size))), ...times(size / 400, (index) => edit(size - index, `${'z'.repeat(200)}"}}}</glm_block>`, index % 2 ? 'other' : 'tool_call'))],
  'changing phases': (size) => times(size / 20, (index) => (index % 2 ? thinking('a') : answer('b'))),
  'braces as arguments': (size) => [{ phase: 'tool_call', delta_name: 'run' }, ...times(size / 100, () => ({ phase: 'tool_call', delta_arguments: '{'.repeat(100) }))],
  'references': (size) => [{ phase: 'tool_response', delta_content: '[ref_id='.repeat(size / 8) }, { phase: 'tool_response', delta_content: '[ref_id=a†'.repeat(size / 10) }],
}; // prettier-ignore

/** What a provider sends, as the reads of a socket. */
function reads(frames: readonly object[]): Uint8Array[] {
  const bytes = bytesOf(frames);
  return times(Math.ceil(bytes.length / 16_384), (index) => bytes.subarray(index * 16_384, (index + 1) * 16_384));
}

describe('F140: linear time', () => {
  const size = 1 << 17;
  for (const [name, make] of Object.entries(inputs)) {
    for (const delivery of ['stream', 'whole'] as const) {
      it(`${name}, ${delivery}`, () => {
        const sent = new Map([1, 2, 4, 8, 16].map((by) => [by * size, reads(make(by * size))]));
        const ratio = growth((each) => void replay(sent.get(each) ?? [], { delivery, tools: ['run'] }), size);
        assert.ok(ratio < linear, String(ratio));
      });
    }
  }
});
