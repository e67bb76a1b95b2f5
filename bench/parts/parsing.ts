import type { ChatEvent } from '../../electron/gateway/chat/events.ts';
import { ToolCallScanner } from '../../electron/gateway/chat/tools/scanner.ts';
import { openaiChat } from '../../electron/gateway/dialects/openai-chat/dialect.ts';
import { createSseReader } from '../../electron/gateway/providers/sse.ts';

function time(run: () => void): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}

/** The best of five: noise only ever adds. */
const best = (run: () => void): number => Math.min(...Array.from({ length: 5 }, () => time(run)));

/** What costs the search for tool calls most: beginnings that come to nothing, and endless small calls. */
const hostile = [
  '{', '<', '`', '```python\n', '<tool_call>g ', '<tool_call>{', '<tool_call>{}', '[TOOL_CALLS]', '```json{"tool_calls":[',
  '{"tool_calls":[]}', '<tool_call>{"name":"f"}', '{"tool_calls":[{"name":"f"}]}', 'Only words. ',
]; // prettier-ignore

function scan(piece: string): () => void {
  const text = piece.repeat((1 << 20) / piece.length);
  return () => {
    const tools = [{ name: 'f', parameters: {} }];
    const scanner = new ToolCallScanner({ tools, toolChoice: { type: 'auto' }, limit: 200_000, warn: () => undefined });
    for (let at = 0; at < text.length; at += 1400) scanner.push([{ type: 'text', text: text.slice(at, at + 1400) }]);
    scanner.push([{ type: 'finish', reason: 'stop' }]);
  };
}

/** Work per answer must grow with its length, not with its square: four times the input should take about four times as long. */
export function parsing(): void {
  const sse = (count: number) => {
    const bytes = Buffer.from(
      `data: {"type":"chat:completion","data":{"delta_content":"word ","phase":"answer"}}\n\n`.repeat(count),
    );
    return () => {
      let events = 0;
      const reader = createSseReader({ maxLine: 1 << 20, maxEvent: 8 << 20 }, () => events++);
      for (let at = 0; at < bytes.length; at += 1400) reader.push(bytes.subarray(at, at + 1400));
      reader.end();
    };
  };
  const encode = (count: number) => {
    const batch: ChatEvent[] = [{ type: 'text', text: 'word ' }];
    const decoded = openaiChat.decode({ model: 'm', stream: true, messages: [{ role: 'user', content: 'x' }] });
    return () => {
      const encoder = decoded.encoder({ id: 'x', model: 'm', created: 0 });
      for (let at = 0; at < count; at++) encoder.push(batch);
    };
  };
  console.log('\nwork                      50 000 chunks   200 000 chunks   ratio (4 is linear)');
  for (const [name, make] of Object.entries({ 'read event stream': sse, 'encode chunks': encode })) {
    const [small, large] = [best(make(50_000)), best(make(200_000))];
    console.log(
      `${name.padEnd(24)}${`${small.toFixed(0)} ms`.padStart(15)}${`${large.toFixed(0)} ms`.padStart(17)}${(large / small).toFixed(2).padStart(12)}`,
    );
  }
  console.log('\n1 MB searched for tool calls (F140 wants 50 ms at most)');
  for (const piece of hostile)
    console.log(`${JSON.stringify(piece).padEnd(40)}${best(scan(piece)).toFixed(0).padStart(6)} ms`);
}
