import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { fixture } from './testing/fixtures.ts';
import { newestVersion } from './frontend-version.ts';

const shape = z.object({ name: z.string(), html: z.string(), recommended: z.string().nullable() });

describe('newest version in a page', () => {
  for (const { name, html, recommended } of fixture('zai-fe-version', shape)) {
    it(name, () => assert.equal(newestVersion(html) ?? null, recommended));
  }
});
