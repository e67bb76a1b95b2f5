import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeButton, type CloseChoice } from './first-close.ts';

function button(setting: CloseChoice, answer: CloseChoice) {
  const kept = new Map<string, unknown>();
  const seen = { asked: 0, saved: [] as CloseChoice[], did: [] as CloseChoice[] };
  const answered: (() => void)[] = [];
  const close = closeButton({
    store: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
    wanted: () => seen.saved.at(-1) ?? setting,
    ask() {
      seen.asked += 1;
      return new Promise((resolve) => answered.push(() => resolve(answer)));
    },
    save: (choice) => seen.saved.push(choice),
  });
  return {
    seen,
    close: () => close((choice) => seen.did.push(choice)),
    answer: async () => {
      answered.shift()?.();
      await new Promise(setImmediate);
    },
  };
}

for (const choice of ['hide', 'quit'] as const) {
  test(`the first close asks, and ${choice} is remembered`, async () => {
    const { seen, close, answer } = button('hide', choice);
    close();
    close();
    assert.deepEqual(seen, { asked: 1, saved: [], did: [] });
    await answer();
    close();
    assert.deepEqual(seen, { asked: 1, saved: choice === 'quit' ? ['quit'] : [], did: [choice, choice] });
  });
}

test('whoever has chosen to quit in Settings is not asked', () => {
  const { seen, close } = button('quit', 'hide');
  close();
  assert.deepEqual(seen, { asked: 0, saved: [], did: ['quit'] });
});
