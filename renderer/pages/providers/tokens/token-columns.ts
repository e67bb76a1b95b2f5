import type { SettingsView } from '../../../../shared/settings.ts';

/** Which columns stay when the table gets narrow, and where numbers stand; heading and cell share it. */
export const columnWhen = {
  alias: '',
  role: '@max-3xl:hidden',
  // Room for a countdown, so that nothing moves when one begins or ends.
  state: '@md:w-40 @md:min-w-40',
  counts: 'text-right whitespace-nowrap @max-[30rem]:hidden',
  inFlight: 'text-right whitespace-nowrap @max-4xl:hidden',
  weight: 'text-right @max-xl:hidden',
  priority: 'text-right @max-xl:hidden',
  lastError: 'w-full @max-2xl:hidden',
  endsAt: 'whitespace-nowrap @max-5xl:hidden',
  lastUsed: 'whitespace-nowrap @max-3xl:hidden',
  enabled: '@max-md:hidden',
} as const;
export type TokenColumn = keyof typeof columnWhen;

export interface Sharing {
  /** The column that the strategy asks, where there is one. */
  readonly tuned: 'weight' | 'priority' | null;
  /** Requests of one token at once; 0: as many as come. */
  readonly most: number;
}

export function sharingOf(settings: SettingsView | undefined): Sharing {
  const strategy = settings?.values['pool.strategy'];
  const most = settings?.values['pool.concurrency'];
  return {
    tuned: strategy === 'weighted' ? 'weight' : strategy === 'priority' ? 'priority' : null,
    most: typeof most === 'number' ? most : 0,
  };
}
