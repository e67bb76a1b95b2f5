import { acceptLanguage } from '../wire/web/profile.ts';
import type { Setup } from './options.ts';

export interface Head {
  /** The page the request comes from. */
  readonly page: string;
  readonly token?: string;
  readonly cookie?: string;
  readonly accept?: string;
}

/** The header set of the site's own page, the same browser in every call (README: Headers). */
export function headersFor({ baseUrl, profile, locale }: Setup, head: Head): Readonly<Record<string, string>> {
  return {
    Accept: head.accept ?? 'text/event-stream',
    'Accept-Encoding': 'gzip, deflate',
    'Accept-Language': acceptLanguage(locale()),
    'Content-Type': 'application/json',
    Origin: baseUrl,
    Pragma: 'no-cache',
    Referer: `${baseUrl}${head.page}`,
    'Sec-Ch-Ua': profile.hints.brands,
    'Sec-Ch-Ua-Mobile': profile.hints.mobile,
    'Sec-Ch-Ua-Platform': profile.hints.platform,
    'Sec-Fetch-Dest': 'empty',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Site': 'same-origin',
    'User-Agent': profile.userAgent,
    ...(head.token !== undefined && { Authorization: `Bearer ${head.token}` }),
    ...(head.cookie !== undefined && { Cookie: head.cookie }),
  };
}
