import { bare } from './bare.ts';
import { decoded } from './cookies.ts';
import { type Pasted, hostOf, maxLength } from './pasted.ts';

type Found = Omit<Pasted, 'line'>;

/** How a command begins that a browser's "Copy as …" has made, or that documentation shows. */
const opening = /^(?:\$ )?(?:curl(?:\.exe)?\s|(?:await )?fetch\(|\$session\b|Invoke-(?:WebRequest|RestMethod)\b)/i;

export const beginsCommand = (line: string): boolean => opening.test(line.trimStart().slice(0, 40));
/** Whether it goes on in the next line: a shell says so at the line's end, a call ends where it is closed. */
export function goesOn(first: string, line: string): boolean {
  const end = line.slice(-20).trimEnd();
  return /^(?:await )?fetch\(/.test(first.trimStart().slice(0, 20)) ? !/\);?$/.test(end) : /[\\^`]$/.test(end);
}

const values = `[^\\s"'\`;,&^)]{1,${maxLength}}`;
/** In one pass: addresses, headers, cookies and fields by their names, and objects that PowerShell makes of cookies. */
const pieces = new RegExp(
  [
    `(?<address>https?://[^\\s"'^\`]{1,${maxLength}})`,
    `\\b(?<header>authorization|x-api-key|api-key)["']?\\s{0,5}[:=]\\s{0,5}["']?(?:bearer\\s{1,5})?(?<secret>${values})`,
    `\\b(?<cookie>passport_token_key|token)=(?<crumb>${values})`,
    `\\bCookie\\(["'](?<named>passport_token_key|token)["'],\\s{0,5}["'](?<held>${values})`,
  ].join('|'),
  'gi',
);

/** Tokens in a command: its headers, cookies and addresses. Whatever else it holds is left alone. */
export function tokensInCommand(command: string): Found[] {
  // cmd.exe puts ^ before what it would otherwise take for its own.
  const text = command.includes('^"') ? command.replaceAll('^', '') : command;
  const found = new Map<string, Found>();
  let host: string | null = null;
  const take = (item: Found) => {
    if (item.value !== '' && !/^(?:basic|bearer)$/i.test(item.value))
      found.set(item.value, found.get(item.value) ?? item);
  };
  for (const { groups = {} } of text.matchAll(pieces)) {
    const { address, header, secret = '', cookie, crumb = '', named, held = '' } = groups;
    if (address !== undefined) {
      host ??= hostOf(address);
      const token = tokenInAddress(address);
      if (token !== null) take({ place: 'address', name: 'token', value: token, host });
    } else if (header !== undefined) take({ place: 'header', name: header.toLowerCase(), value: bare(secret), host });
    else if (cookie !== undefined)
      take({ place: 'cookie', name: cookie.toLowerCase(), value: decoded(bare(crumb)), host });
    else if (named !== undefined) take({ place: 'cookie', name: named.toLowerCase(), value: decoded(held), host });
  }
  return [...found.values()].map(({ host: own, name, place, value }) => ({ place, name, value, host: own ?? host }));
}

/** `…/auth#token=…` after a sign-in, and queries that carry one. */
export function tokenInAddress(address: string): string | null {
  const token = /[?#&]token=([^&#\s]{1,16384})/i.exec(address)?.[1];
  return token === undefined ? null : decoded(token);
}
