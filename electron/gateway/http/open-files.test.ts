import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionsWithin, openFilesLimit } from './open-files.ts';

test('F098 connections of clients leave room for those to providers', () => {
  const limits = (soft: string) => () =>
    `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}                  4096                 files\n`;
  for (const [soft, connections] of [
    ['128', 40],
    ['1048576', 2_000],
    ['50', 8],
    ['unlimited', 2_000],
  ] as const)
    assert.equal(connectionsWithin(openFilesLimit(limits(soft)), 2_000), connections, soft);
  const nowhere = () => {
    throw new Error('ENOENT');
  };
  assert.equal(connectionsWithin(openFilesLimit(nowhere), 2_000), 2_000);
});
