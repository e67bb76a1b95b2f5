import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rateLimitReset, retryAfter } from './retry-after.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

describe('Retry-After', () => {
  for (const [name, headers, wait] of [
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['parts of a second', { 'retry-after': '0.25' }, 250],
    ['date', { 'retry-after': 'Fri, 20 Nov 2026 12:00:07 GMT' }, 7_000],
    ['milliseconds', { 'retry-after-ms': '7000', 'retry-after': '99' }, 7_000],
    ['milliseconds of Azure', { 'x-ms-retry-after-ms': '7000' }, 7_000],
    ['negative', { 'retry-after': '-5' }, undefined],
    ['zero', { 'retry-after': '0' }, undefined],
    ['fruit', { 'retry-after': 'banana' }, undefined],
    ['ages', { 'retry-after': '999999999' }, 1_800_000],
    ['past date', { 'retry-after': 'Fri, 20 Nov 2020 12:00:07 GMT' }, undefined],
    ['absent', {}, undefined],
  ] as const) {
    it(name, () => assert.equal(retryAfter(headers, now), wait));
  }
});

describe('the reset of a rate limit', () => {
  for (const [name, headers, wait] of [
    ['in OpenAI form', { 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
    ['in milliseconds', { 'x-ratelimit-reset-requests': '120ms' }, 120],
    ['in parts of a second', { 'x-ratelimit-reset-tokens': '7.66s' }, 7_660],
    ['in bare seconds', { 'x-ratelimit-reset': '12' }, 12_000],
    ['as Unix seconds', { 'x-ratelimit-reset': String(now / 1000 + 9) }, 9_000],
    ['as Unix milliseconds', { 'x-ratelimit-reset': String(now + 9_500) }, 9_500],
    ['as a date', { 'x-ratelimit-reset-tokens': '2026-11-20T12:00:05Z' }, 5_000],
    ['the first of several', { 'x-ratelimit-reset-requests': '1h', 'x-ratelimit-reset-tokens': '3s' }, 3_000],
    [
      'the one that is used up',
      {
        'x-ratelimit-reset-requests': '9m',
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-tokens': '3s',
        'x-ratelimit-remaining-tokens': '100',
      },
      540_000,
    ],
    ['at most half an hour', { 'x-ratelimit-reset': '7d' }, 1_800_000],
    ['nonsense', { 'x-ratelimit-reset': 'soon', 'x-ratelimit-reset-tokens': '5x' }, undefined],
    ['past', { 'x-ratelimit-reset': String(now / 1000 - 9) }, undefined],
    ['absent', { 'x-ratelimit-remaining': '0' }, undefined],
  ] as const) {
    it(name, () => assert.equal(rateLimitReset(headers, now), wait));
  }
});
