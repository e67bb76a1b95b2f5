import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { secretCopy } from './secret-copy.ts';

function setUp() {
  let held = 'before';
  const clipboard = {
    writeText: async (text: string) => void (held = text),
    readText: async () => held,
    clear: () => void (held = ''),
  };
  return { ...secretCopy(clipboard, 60_000), held: () => held, put: (text: string) => (held = text) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('F153: a copied secret is taken back after a minute', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { copy, held } = setUp();
    await copy('sk-local-secret');
    mock.timers.tick(59_999);
    await settled();
    assert.equal(held(), 'sk-local-secret');
    mock.timers.tick(1);
    await settled();
    assert.equal(held(), '');
  } finally {
    mock.timers.reset();
  }
});

test('F153: what was copied meanwhile stays, and a second secret has its own minute', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const { copy, held, put } = setUp();
    await copy('first');
    put('a sentence');
    mock.timers.tick(60_000);
    await settled();
    assert.equal(held(), 'a sentence');
    await copy('second');
    mock.timers.tick(40_000);
    await copy('third');
    mock.timers.tick(40_000);
    await settled();
    assert.equal(held(), 'third');
    mock.timers.tick(20_000);
    await settled();
    assert.equal(held(), '');
  } finally {
    mock.timers.reset();
  }
});

test('F153: at the end it is taken back at once', async () => {
  const { copy, forget, held, put } = setUp();
  await copy('secret');
  await forget();
  assert.equal(held(), '');
  put('other');
  await forget();
  assert.equal(held(), 'other');
});
