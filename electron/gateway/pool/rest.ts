const minute = 60_000;
const hour = 60 * minute;

export interface RestLengths {
  readonly first: number;
  readonly most: number;
}

/** How long a credential rests where the provider does not say, and at the most. */
const lengths = {
  rate: { first: 30_000, most: 30 * minute },
  quota: { first: hour, most: 26 * hour },
  refused: { first: minute, most: 30 * minute },
  provider: { first: 30 * minute, most: 24 * hour },
} as const;

/** By how much a rest may be longer, so that not all tokens come back at once. */
const spread = 0.1;

/**
 * Milliseconds of a rest: what was asked for (`Retry-After`, or the user's setting), otherwise twice as long as the rest
 * before. Never shorter than asked, never longer than the bound, and never nonsense, whatever was sent.
 */
export function restMs(
  kind: keyof typeof lengths,
  asked: number | null,
  before: number,
  random: number,
  { first, most }: RestLengths = lengths[kind],
): number {
  const said = asked !== null && Number.isFinite(asked) && asked > 0;
  const length = said ? asked : first * 2 ** Math.min(before, 20);
  return Math.ceil(Math.min(length * (1 + spread * random), most));
}
