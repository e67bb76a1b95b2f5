import { readFileSync } from 'node:fs';
import { z } from 'zod';

const folder = new URL('../../../../../tests/fixtures/zai/', import.meta.url);

/** The cases of one fixture file, in the shape a test relies on. */
export function fixture<Case extends z.ZodType>(name: string, shape: Case): z.infer<Case>[] {
  const file: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  return z.object({ cases: z.array(shape) }).parse(file).cases;
}

/** The authored answer that belongs to a transcript. */
export function expectation<Shape extends z.ZodType>(name: string, shape: Shape): z.infer<Shape> {
  return shape.parse(JSON.parse(readFileSync(new URL(`transcripts/${name}.expected.json`, folder), 'utf8')));
}
