import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from '../../../shared/exchange.ts';
import { exampleAttempt, exampleExchange } from './example-exchange.ts';
import { filterExchanges } from './logs-filter.ts';

const ids = (rows: Exchange[]) => rows.map(({ id }) => id).join('');

test('shows those in flight first and keeps the order otherwise', () => {
  const rows = [
    exampleExchange({ id: 'c' }),
    exampleExchange({ id: 'b', outcome: 'active' }),
    exampleExchange({ id: 'a' }),
  ];
  assert.equal(ids(filterExchanges(rows, 'all', '')), 'bca');
});

test('Traygate’s own checks can be hidden', () => {
  const rows = [exampleExchange({ id: 'a' }), exampleExchange({ id: 'b', purpose: 'radar', outcome: 'failed' })];
  assert.equal(ids(filterExchanges(rows, 'all', '')), 'ab');
  assert.equal(ids(filterExchanges(rows, 'all', '', 'hidden')), 'a');
  assert.equal(ids(filterExchanges(rows, 'errors', '', 'hidden')), '');
});

test('finds every typed word anywhere, without regard to case', () => {
  const rows = [
    exampleExchange({ id: 'a', model: 'GLM-4.7', client: 'Cherry Studio' }),
    exampleExchange({ id: 'b', model: 'GLM-4.7', attempts: [exampleAttempt({ credential: 'Z3' })] }),
  ];
  assert.equal(ids(filterExchanges(rows, 'all', 'glm cherry')), 'a');
  assert.equal(ids(filterExchanges(rows, 'all', 'z3')), 'b');
  assert.equal(ids(filterExchanges(rows, 'all', 'glm nowhere')), '');
});

test('each view holds what its name says', () => {
  const rows = [
    exampleExchange({ id: 'a', outcome: 'failed' }),
    exampleExchange({ id: 'b', outcome: 'interrupted' }),
    exampleExchange({ id: 'c', outcome: 'cancelled' }),
    exampleExchange({ id: 'd', attempts: [exampleAttempt(), exampleAttempt()] }),
    exampleExchange({ id: 'e', test: true }),
  ];
  assert.equal(ids(filterExchanges(rows, 'errors', '')), 'ab');
  assert.equal(ids(filterExchanges(rows, 'cancelled', '')), 'c');
  assert.equal(ids(filterExchanges(rows, 'retried', '')), 'd');
  assert.equal(ids(filterExchanges(rows, 'tests', '')), 'e');
});
