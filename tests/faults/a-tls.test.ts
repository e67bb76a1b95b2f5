/** Group A: a certificate nobody has signed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Case, fault } from './fault.ts';

const fixture = (name: string): string => readFileSync(path.join(import.meta.dirname, '../fixtures/tls', name), 'utf8');
const tls = { key: fixture('unsigned.key'), cert: fixture('unsigned.cert') };

async function refuses(t: Case): Promise<void> {
  const unsigned = await t.start({ tls });
  for (const kind of ['openai-compatible', 'anthropic-compatible'] as const) {
    const service = await t.service(['ok', 'ok'], { kind, faultd: unsigned });
    const talk = await t.ask(service);
    assert.deepEqual([talk.status, talk.headers['x-should-retry']], [502, 'false'], talk.text);
    assert.equal(talk.error, 'upstream_tls');
    assert.equal((await t.row(talk)).attempts.length, 1);
    assert.ok((await t.tokens(service)).every(({ state }) => state === 'unverified'));
  }
  assert.equal(unsigned.requests, 0, 'nothing was sent to it');
}

fault('F004', 'P0', 'a certificate nobody has signed: 502 upstream_tls, one attempt, nothing sent', refuses);

fault('F004', 'P0', 'certificates are checked although NODE_TLS_REJECT_UNAUTHORIZED says not to', refuses, {
  environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
});
