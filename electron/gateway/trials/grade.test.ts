import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { examCases, type Expected } from '../../../shared/exam-cases.ts';
import type { CheckName, GradeCode } from '../../../shared/test-runs.ts';
import { gradeCheck, gradeExam } from './grade.ts';

const calls = (...all: readonly (readonly [string, unknown])[]) =>
  all.map(([name, args], index) => ({
    index,
    name,
    arguments: typeof args === 'string' ? args : JSON.stringify(args),
  }));
const said = (text: string, made = calls(), reasoning = '') => ({ text, reasoning, calls: made });

/** An answer that is right, made from what is expected. */
const right = (wanted: Expected): unknown => wanted;

describe('the exam', () => {
  for (const { id, expect, tools } of examCases) {
    test(`${id} is passed with the right answer and failed with nothing`, () => {
      const offered = tools.map(({ name }) => name);
      const answer =
        'says' in expect
          ? said(`It is ${expect.says[0]}.`)
          : 'anyCall' in expect
            ? said('', calls([offered[0] ?? '', {}]))
            : said('', calls(...expect.calls.map(({ name, arguments: args }) => [name, right(args ?? {})] as const)));
      assert.equal(gradeExam(answer, expect, offered), null);
      assert.equal(gradeExam(said(''), expect, offered), 'says' in expect ? 'empty_answer' : 'no_call');
      assert.equal(gradeExam(said('', calls(['invented', {}])), expect, offered), 'wrong_call');
    });
  }

  const expect = { calls: [{ name: 'f', arguments: { city: 'Rome', at: { hour: 9 }, all: [1, 2] } }] };
  const good = { city: ' rome', at: { hour: 9, zone: 'CET' }, all: [1, 2] };
  for (const [what, made, code] of [
    ['letters in other case, blanks around and more fields', calls(['f', good]), null],
    ['another number', calls(['f', { ...good, at: { hour: 10 } }]), 'wrong_arguments'],
    ['a number as text', calls(['f', { ...good, at: { hour: '9' } }]), 'wrong_arguments'],
    ['a longer list', calls(['f', { ...good, all: [1, 2, 3] }]), 'wrong_arguments'],
    ['broken JSON', calls(['f', '{"city":']), 'wrong_arguments'],
    ['a list instead of an object', calls(['f', '[]']), 'wrong_arguments'],
    ['one call too many', calls(['f', good], ['f', good]), 'unwanted_call'],
    ['another tool that was offered', calls(['g', good]), 'wrong_call'],
  ] as const satisfies readonly (readonly [string, unknown, GradeCode | null])[]) {
    test(`arguments with ${what}: ${code ?? 'right'}`, () => {
      assert.equal(gradeExam(said('', [...made]), expect, ['f', 'g']), code);
    });
  }

  test('two calls may come in any order, and one does not stand for both', () => {
    const both = { calls: [{ name: 'f', arguments: { a: 1 } }, { name: 'f', arguments: { a: 2 } }] }; // prettier-ignore
    assert.equal(gradeExam(said('', calls(['f', { a: 2 }], ['f', { a: 1 }])), both, ['f']), null);
    assert.equal(gradeExam(said('', calls(['f', { a: 1 }], ['f', { a: 1 }])), both, ['f']), 'wrong_arguments');
  });

  test('a number counts only where it stands by itself', () => {
    for (const [text, code] of [
      ['It is 4.', null],
      ['Four, of course', null],
      ['14', 'wrong_answer'],
      ['4.5 or 40', 'wrong_answer'],
    ] as const)
      assert.equal(gradeExam(said(text), { says: ['4', 'four'] }, []), code, text);
  });

  test('an exact text differs by a letter’s case', () => {
    const exact = { calls: [{ name: 'f', arguments: { text: 'Ab' } }], exact: true };
    assert.equal(gradeExam(said('', calls(['f', { text: 'Ab' }])), exact, ['f']), null);
    assert.equal(gradeExam(said('', calls(['f', { text: 'ab' }])), exact, ['f']), 'wrong_arguments');
  });
});

describe('the checks', () => {
  for (const [check, answer, code] of [
    ['plain', said('pong'), null],
    ['plain', said('  '), 'empty_answer'],
    ['stream', said('pong'), null],
    ['thinking', said('391', calls(), 'Seventeen…'), null],
    ['thinking', said('391'), 'no_thinking'],
    ['tools', said('', calls(['get_weather', { city: 'Rome' }])), null],
    ['tools', said('It is sunny.'), 'no_call'],
    ['json', said('{"city":"Rome"}'), null],
    ['json', said('```json\n{}\n```'), 'not_json'],
    ['json', said('[1]'), 'not_json'],
    ['vision', said('Red.'), null],
    ['vision', said('红色'), null],
    ['vision', said('Credible blue'), 'wrong_answer'],
  ] as const satisfies readonly (readonly [CheckName, ReturnType<typeof said>, GradeCode | null])[]) {
    test(`${check}: ${JSON.stringify(answer.text)} is ${code ?? 'right'}`, () => {
      assert.equal(gradeCheck(check, answer), code);
    });
  }
});
