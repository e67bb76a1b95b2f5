export const testModes = ['single', 'matrix', 'compare', 'exam'] as const;
export type TestMode = (typeof testModes)[number];

export interface TestSearch {
  readonly mode?: TestMode;
  /** The exchange to edit and send again. */
  readonly from?: string;
}

export function readTestSearch({ mode, from }: Record<string, unknown>): TestSearch {
  const known = testModes.find((one) => one === mode);
  return { ...(known && { mode: known }), ...(typeof from === 'string' && from !== '' && { from }) };
}
