/** Which columns stay when the table gets narrow, and where numbers stand; heading and cell share it. */
export const modelColumns = {
  name: '',
  upstream: '@max-3xl:hidden',
  capabilities: '@max-lg:hidden',
  context: 'text-right whitespace-nowrap @max-2xl:hidden',
  output: 'text-right whitespace-nowrap @max-2xl:hidden',
  lastTest: '@max-xl:hidden',
  enabled: '',
} as const;
