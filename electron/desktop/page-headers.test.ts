import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentType, securityHeaders } from './page-headers.ts';

test('F165: what a page may load is listed, all else is not', () => {
  const policy = securityHeaders['content-security-policy'].split('; ');
  assert.equal(policy[0], "default-src 'none'");
  assert.ok(policy.includes("script-src 'self'") && policy.includes("connect-src 'none'"));
  assert.doesNotMatch(policy.join(), /unsafe|\*|https?:/);
});

test('an unknown file is bytes, which nosniff keeps from being run', () => {
  assert.equal(contentType('/index.html'), 'text/html; charset=utf-8');
  assert.equal(contentType('/assets/index-abc.js'), 'text/javascript; charset=utf-8');
  assert.equal(contentType('/notes.xyz'), 'application/octet-stream');
});
