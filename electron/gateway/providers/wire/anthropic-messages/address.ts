import { baseAddress } from '../shared/address.ts';

/** What the API's paths are added to. `/v1` is one of them, so a base means the same with it and without. */
export function rootOf(baseUrl: string): string {
  return baseAddress(baseUrl).base.replace(/\/v1$/, '');
}
