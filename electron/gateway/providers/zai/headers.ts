import type { Setup } from './options.ts';
import { acceptLanguage } from '../wire/web/profile.ts';

/** The header sets of the site's own page (README: Query, headers, bodies), all of one browser. */

type Headers = Readonly<Record<string, string>>;

/** For JSON calls around a completion: stored chats. */
export function plainHeaders({ baseUrl, profile, locale }: Setup, token: string): Headers {
  return {
    'Content-Type': 'application/json',
    Accept: 'application/json',
    Authorization: `Bearer ${token}`,
    'User-Agent': profile.userAgent,
    'Accept-Language': acceptLanguage(locale()),
    Origin: baseUrl,
    Referer: `${baseUrl}/`,
  };
}

/** For asking who somebody is; without a token, for becoming a guest. */
export function identityHeaders({ baseUrl, profile, locale }: Setup, token?: string): Headers {
  return {
    Accept: '*/*',
    'Accept-Language': acceptLanguage(locale()),
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    'Content-Type': 'application/json',
    DNT: '1',
    Referer: `${baseUrl}/`,
    'Sec-Fetch-Dest': 'empty',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Site': 'same-origin',
    'User-Agent': profile.userAgent,
    'sec-ch-ua': profile.hints.brands,
    'sec-ch-ua-mobile': profile.hints.mobile,
    'sec-ch-ua-platform': profile.hints.platform,
  };
}

export function uploadHeaders({ baseUrl, profile, locale }: Setup, token: string, referer: string): Headers {
  return {
    Accept: '*/*',
    'Accept-Language': acceptLanguage(locale()),
    'Cache-Control': 'no-cache',
    Connection: 'keep-alive',
    Origin: baseUrl,
    Pragma: 'no-cache',
    Referer: referer,
    'Sec-Ch-Ua': profile.hints.brands,
    'Sec-Ch-Ua-Mobile': profile.hints.mobile,
    'Sec-Ch-Ua-Platform': profile.hints.platform,
    'Sec-Fetch-Dest': 'empty',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Site': 'same-origin',
    'User-Agent': profile.userAgent,
    Authorization: `Bearer ${token}`,
  };
}

export interface CompletionHead {
  readonly token: string;
  readonly frontendVersion: string;
  readonly referer: string;
  readonly signature: string;
  readonly accept: string;
}

export function completionHeaders({ baseUrl, profile, locale }: Setup, head: CompletionHead): Headers {
  return {
    'Content-Type': 'application/json',
    Accept: head.accept,
    Connection: 'keep-alive',
    'Cache-Control': 'no-cache',
    'User-Agent': profile.userAgent,
    'Accept-Language': acceptLanguage(locale()),
    'X-FE-Version': head.frontendVersion,
    Origin: baseUrl,
    'sec-ch-ua': profile.hints.brands,
    'sec-ch-ua-mobile': profile.hints.mobile,
    'sec-ch-ua-platform': profile.hints.platform,
    Referer: head.referer,
    Authorization: `Bearer ${head.token}`,
    'X-Signature': head.signature,
  };
}
