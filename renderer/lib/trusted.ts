/**
 * What comes from the gateway was checked against the contract before it left; checking it again here would ship the
 * schemas to every page. The one place where such a value gets its type.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- see above
export const trusted = <T>(value: unknown): T => value as T;
