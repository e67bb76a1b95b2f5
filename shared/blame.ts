/** Who is at fault when a request fails. Only that party is cooled down. */
export const blames = [
  'request',
  'credential',
  'quota',
  'rate',
  'client-version',
  'captcha',
  'network',
  'provider',
  'client',
  'gateway',
] as const;
export type Blame = (typeof blames)[number];
