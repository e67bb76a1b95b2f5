/** PC5: prompts, answers and keys leave no trace: not on the terminal, not in any file of the data folder. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { send } from './http.ts';
import { Product } from './product.ts';

const canary = (kind: string): string => `CANARY-${kind}-7f3a9c`;

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test('F151: no canary is found after good, bad and broken requests', async () => {
  const product = await Product.start({ AUTH_TOKEN: canary('client-key'), DEBUG_LOGGING: 'true' });
  try {
    const prompt = canary('prompt');
    const messages = [
      { role: 'system', content: canary('system') },
      { role: 'user', content: `${prompt}\nTHINK ${canary('thinking')}\nREPEAT 1 ${canary('answer')}` },
    ];
    const tools = [{ type: 'function', function: { name: 'f', description: canary('tool'), parameters: {} } }];
    for (const model of ['local/echo', 'local/script', 'local/cut', 'local/error-500', 'local/error-429']) {
      for (const stream of [true, false]) await product.chat({ model, messages, tools, stream });
    }
    const refused = [
      JSON.stringify({ model: 'local/echo', messages: [{ role: 'user', content: { text: prompt } }] }),
      JSON.stringify({
        model: 'local/echo',
        messages: [{ role: prompt, content: prompt }],
        temperature: prompt,
        [prompt]: prompt,
      }),
      `{"model":"local/echo","messages":[{"role":"user","content":"${prompt}"`,
      JSON.stringify([prompt]),
      prompt,
    ];
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${product.key}`,
      cookie: canary('cookie'),
    };
    for (const body of refused) {
      const reply = await send(product.url, { method: 'POST', path: '/v1/chat/completions', headers, body });
      assert.equal(reply.status, 400);
      assert.doesNotMatch(reply.text, /CANARY/);
    }
    for (const wrong of [{ authorization: `Bearer ${canary('wrong-key')}` }, { 'x-api-key': canary('wrong-key') }]) {
      assert.doesNotMatch((await send(product.url, { path: '/v1/models', headers: wrong })).text, /CANARY/);
    }
    await send(product.url, {
      path: `/v1/models?key=${canary('query')}`,
      headers: { authorization: `Bearer ${product.key}` },
    });
    assert.ok((await product.rows()).length >= 10);
    assert.doesNotMatch(JSON.stringify(await product.rows()), /CANARY/);
    await product.stop({ keep: true });

    assert.doesNotMatch(product.output, /CANARY/);
    const found = files(product.dataDir);
    assert.ok(found.some((file) => file.endsWith('.log')) && found.some((file) => file.endsWith('.db')));
    for (const file of found) {
      assert.ok(!readFileSync(file).includes('CANARY'), path.basename(file));
      assert.equal(statSync(file).mode & 0o777, 0o600, path.basename(file));
    }
  } finally {
    await product.stop();
  }
});
