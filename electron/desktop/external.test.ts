import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayOpen } from './external.ts';

const gateway = 'http://127.0.0.1:8080';
const cases: [url: string, allowed: boolean][] = [
  ['https://chat.z.ai/auth', true],
  ['https://docs.z.ai/', true],
  ['http://127.0.0.1:8080/docs/', true],
  ['http://127.0.0.1:8080/openapi.json', true],
  ['http://chat.z.ai/', false],
  ['https://chat.z.ai.example/', false],
  ['https://user@chat.z.ai/', false],
  ['http://127.0.0.1:8080/v1/models', false],
  ['http://127.0.0.1:8080/docsx', false],
  ['http://127.0.0.1:9090/docs/', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['ms-settings:', false],
  ['not a url', false],
];

for (const [url, allowed] of cases) {
  test(`${allowed ? 'opens' : 'keeps in'} ${url}`, () => {
    assert.equal(mayOpen(url, gateway), allowed);
  });
}

test('follows the gateway under a path of its own', () => {
  assert.equal(mayOpen('http://127.0.0.1:8080/traygate/docs/', `${gateway}/traygate`), true);
  assert.equal(mayOpen('http://127.0.0.1:8080/docs/', `${gateway}/traygate`), false);
});
