import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scan, splits, tool } from './testing.ts';

/** The texts and results the original parsers were recorded with; where those are known to be wrong, what is right. */
interface Case {
  readonly name: string;
  readonly text: string;
  readonly remaining?: string;
  readonly cleaned?: string;
  readonly normalized?: readonly { function: { name: string; arguments: unknown } }[];
  readonly tool_calls?: readonly { function: { name: string; arguments: unknown } }[] | null;
}
const folder = path.join(import.meta.dirname, '../../../../tests/fixtures/tools');
const cases = ['tool-calls.json', 'tool-calls-legacy.json'].flatMap(
  (file) => (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { cases: Case[] }).cases,
);
const offered = ['get_weather', 'f', 'x', 'y', 'run', 'write', 'a.b-c'].map((name) => tool(name));

const right: Readonly<Record<string, { calls: [string, unknown][]; text: string }>> = {
  // Only the last bracket is missing, and the model ended by itself.
  unbalanced: { calls: [['x', {}]], text: '' },
  'two-objects-first-wins': { calls: [['x', {}], ['y', {}]], text: 'then' },
  // No call can be made of it, so it is text.
  'tool_calls-not-list': { calls: [], text: '{"tool_calls": {"id": "a"}} odd' },
  'inline-flat': { calls: [], text: '{"tool_calls": []} x' },
  'inline-nested': { calls: [['f', { a: 1 }]], text: 'pre  post' },
  'chinese-call': { calls: [['get_weather', { city: 'Paris' }]], text: '' },
  'chinese-call-arguments': { calls: [['a.b-c', { x: 1 }]], text: 'rest' },
  'chinese-nested-args': { calls: [['f', { a: { b: 1 } }]], text: '' },
}; // prettier-ignore

const value = (args: unknown): unknown => (typeof args === 'string' ? JSON.parse(args) : args);
const tidy = (text: string): string => text.trim().replace(/\n{3,}/g, '\n\n');

for (const { name, text, remaining, cleaned, normalized, tool_calls: raw } of cases) {
  test(`recorded text: ${name}`, () => {
    const expected = right[name] ?? {
      calls: (normalized ?? raw ?? []).map((call) => [call.function.name, value(call.function.arguments)]),
      text: tidy(remaining ?? cleaned ?? ''),
    };
    const whole = scan([text], offered);
    assert.deepEqual(
      { calls: whole.calls.map(([called, args]) => [called, JSON.parse(args)]), text: tidy(whole.text) },
      expected,
    );
    assert.equal(whole.finish, expected.calls.length > 0 ? 'tool-calls' : 'stop');
    for (const pieces of splits(text)) assert.deepEqual(scan(pieces, offered), whole, JSON.stringify(pieces));
  });
}
