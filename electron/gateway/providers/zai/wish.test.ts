import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { modelTable } from './model-table.ts';
import { acceptLanguage, createProfile } from '../wire/web/profile.ts';
import { wishOf } from './wish.ts';

function wish(name: string, request: Partial<ChatRequest>, graded = false) {
  const model = modelTable.find((entry) => entry.name === name) ?? assert.fail();
  const warnings: Notice[] = [];
  const whole: ChatRequest = {
    model: name,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    tools: [],
    toolChoice: { type: 'auto' },
    sampling: {},
    responseFormat: { type: 'text' },
    ...request,
  };
  return { ...wishOf(whole, { ...model, graded }, name, false, (notice) => warnings.push(notice)), warnings };
}

describe('thinking and search', () => {
  for (const [name, request, graded, thinking, effort] of [
    ['GLM-5', {}, false, true, undefined],
    ['GLM-4.5', {}, false, false, undefined],
    ['GLM-4.5-Thinking', {}, false, true, undefined],
    ['GLM-5', { thinking: { enabled: false } }, false, false, undefined],
    ['GLM-5', { thinking: { effort: 'none' } }, true, false, undefined],
    ['GLM-4.5', { thinking: { effort: 'low' } }, true, true, 'high'],
    ['GLM-4.5', { thinking: { effort: 'max' } }, true, true, 'max'],
    ['GLM-4.5', { thinking: { effort: 'high' } }, false, true, undefined],
    ['GLM-4.5', { thinking: { enabled: false, effort: 'high' } }, true, false, undefined],
  ] as const) {
    it(`${name} with ${JSON.stringify(request)}: ${thinking}`, () => {
      const made = wish(name, request, graded);
      assert.deepEqual([made.thinking, made.effort], [thinking, effort]);
    });
  }

  it('are wishes of the client before they are habits of the model', () => {
    assert.deepEqual(['GLM-4.5-Search', 'GLM-4.5'].map((name) => wish(name, {}).search), [true, false]); // prettier-ignore
    assert.deepEqual(['GLM-4.5-Search', 'GLM-4.5'].map((name) => wish(name, { search: name === 'GLM-4.5' }).search), [false, true]); // prettier-ignore
  });
});

describe('tools', () => {
  const tools = [{ name: 'run', parameters: { type: 'object' } }];
  it('are offered unless they may not be called', () => {
    assert.equal(wish('GLM-5', { tools }).tools.length, 1);
    assert.equal(wish('GLM-5', { tools, toolChoice: { type: 'none' } }).tools.length, 0);
    assert.equal(wish('GLM-5', { tools, toolChoice: { type: 'required' } }).toolChoice, 'required');
  });

  it('may be called by name where only the messages tell of them, but not in place of the search the site runs', () => {
    const injected = { tools: ['run', 'search'], userText: 'Hi' };
    const without = wish('GLM-4.5', { injected });
    assert.deepEqual([without.tools, without.callable], [[], ['run', 'search']]);
    assert.deepEqual(wish('GLM-4.5', { injected, search: true }).callable, ['run']);
    assert.deepEqual(wish('GLM-4.5', { tools }).callable, ['run']);
    assert.deepEqual(wish('GLM-4.5', { tools, toolChoice: { type: 'none' } }).callable, []);
  });

  it('leave the last words of the user to be signed, not the result of a tool', () => {
    const injected = { tools: [], userText: 'How is the weather?' };
    assert.equal(wish('GLM-5', { injected }).prompt, 'How is the weather?');
    assert.equal(wish('GLM-5', { injected: { ...injected, userText: '' } }).prompt, '');
    assert.equal(wish('GLM-5', {}).prompt, 'Hi');
  });

  it('come with a warning where the site may not do as told', () => {
    const { warnings } = wish('GLM-5', { tools, toolChoice: { type: 'required' }, parallelToolCalls: false });
    assert.deepEqual(warnings, [
      { code: 'tool_choice_not_enforced', provider: 'zai' },
      { code: 'field_ignored_by', field: 'parallel_tool_calls', provider: 'zai' },
    ]);
  });
});

describe('images and effort', () => {
  it('come with a warning where they may have no effect', () => {
    const image = { type: 'image', url: 'https://example.com/a.png' } as const;
    const { warnings } = wish('GLM-4.5', {
      thinking: { effort: 'high' },
      messages: [{ role: 'user', content: [image] }],
    });
    assert.deepEqual(warnings, [
      { code: 'effort_ignored', model: 'GLM-4.5' },
      { code: 'images_unseen', model: 'GLM-4.5' },
      { code: 'image_by_address', provider: 'zai' },
    ]);
  });
});

describe('the browser', () => {
  it('is the same in all it says', () => {
    for (const [platform, word] of [
      ['win32', 'Windows'],
      ['darwin', 'macOS'],
      ['linux', 'Linux'],
    ] as const) {
      // prettier-ignore
      const { osName, hints, userAgent } = createProfile('', platform);
      assert.equal(osName, word);
      assert.equal(hints.platform, `"${word}"`);
      assert.match(userAgent, /Chrome\/141/);
    }
  });

  it('speaks the language of the user', () => {
    assert.equal(acceptLanguage('zh-CN'), 'zh-CN,zh;q=0.9,en;q=0.8');
    assert.equal(acceptLanguage('en-US'), 'en-US,en;q=0.9');
    assert.equal(acceptLanguage('de'), 'de,en;q=0.8');
  });
});
