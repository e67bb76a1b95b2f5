/** Where a candidate was found: alone in a list, or in something that was copied as a whole. */
export const places = ['list', 'header', 'cookie', 'field', 'address', 'variable', 'command'] as const;
export type Place = (typeof places)[number];

/** One candidate found in pasted text or in a file. */
export interface Pasted {
  /** From 1; null where lines say nothing, as in a HAR file. */
  readonly line: number | null;
  /** Empty: a place that usually holds a token was there, and held none. */
  readonly value: string;
  readonly place: Place;
  /** Of the header, cookie, field or variable, in lower case. */
  readonly name: string | null;
  /** Of the service that it was sent to or stored for. */
  readonly host: string | null;
}

export const formats = ['list', 'json', 'har'] as const;

export interface Paste {
  readonly format: (typeof formats)[number];
  readonly items: readonly Pasted[];
  /** There was more than is looked at. */
  readonly cut: boolean;
}

/** What is looked at of one text; a HAR file of a long visit has tens of megabytes. */
export const maxCharacters = 50 * 1024 * 1024;
export const maxItems = 20_000;
/** Longer than any token; what is longer is a file that was pasted in one line. */
export const maxLength = 16_384;

/** Cookies that are tokens of the sites that Traygate knows. */
export const tokenCookies: ReadonlySet<string> = new Set(['token', 'passport_token_key']);

/** Fields and headers that hold tokens and keys, in lower case. */
export const secretFields: ReadonlySet<string> = new Set([
  'token',
  'access_token',
  'accesstoken',
  'auth_token',
  'authtoken',
  'api_key',
  'apikey',
  'api-key',
  'x-api-key',
  'authorization',
  'passport_token_key',
]);

/** The host of an address; null for anything else. */
export function hostOf(address: unknown): string | null {
  if (typeof address !== 'string' || address.length > 100_000 || !/^https?:\/\//i.test(address)) return null;
  return URL.parse(address)?.host ?? null;
}
