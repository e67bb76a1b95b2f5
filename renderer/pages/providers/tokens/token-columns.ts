/** Which columns stay when the table gets narrow, and where numbers stand; heading and cell share it. */
export const columnWhen = {
  alias: '',
  role: '@max-3xl:hidden',
  state: '',
  counts: 'text-right whitespace-nowrap @max-[30rem]:hidden',
  inFlight: 'text-right whitespace-nowrap @max-4xl:hidden',
  lastError: 'w-full @max-2xl:hidden',
  lastUsed: 'whitespace-nowrap @max-3xl:hidden',
  enabled: '@max-md:hidden',
} as const;
