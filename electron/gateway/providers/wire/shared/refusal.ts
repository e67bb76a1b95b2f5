import { isRecord, parseJson, type Json } from './json.ts';

/** A refusal as it arrived: an HTTP reply, or the error of a frame (then with status 200). */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly now: number;
  /** The token in use, to be blotted out of whatever the site echoes. */
  readonly secret?: string | undefined;
}

/** What can be read out of a refusal. */
export interface Facts {
  /** The HTTP status, or what the body says it should have been. */
  readonly status: number;
  readonly code: number | string | undefined;
  /** The site's own words in one line, without secrets; empty for a web page. */
  readonly text: string;
  readonly html: boolean;
}

const textLimit = 300;
const depthLimit = 4;

/** The levels of an error body, outermost first. The reason and its code may sit on different ones. */
function levels(body: unknown, depth = 0): Json[] {
  if (!isRecord(body) || depth > depthLimit) return [];
  const inner = ['error', 'detail', 'data'].flatMap((key) => levels(body[key], depth + 1));
  return [body, ...inner];
}

function codeOf(level: Json): number | string | undefined {
  for (const value of [level['code'], level['error_code']]) {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && value) return /^\d{1,9}$/.test(value) ? Number(value) : value.slice(0, 60);
  }
  return undefined;
}

function messageOf(level: Json): string | undefined {
  const candidates = [level['message'], level['msg'], level['detail'], level['error']];
  return candidates.find((value): value is string => typeof value === 'string' && value !== '');
}

/** One line without tokens: the one in use, and anything else that has the shape of one. */
function safe(text: string, secret: string | undefined): string {
  const head = text.slice(0, 4 * textLimit + 2_000);
  const clean = (secret ? head.replaceAll(secret, '•••') : head).replaceAll(/eyJ[\w-]{4,}(\.[\w-]*)*/g, '•••');
  return clean
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, textLimit);
}

/** A code that is an HTTP status counts where HTTP itself said nothing, and 429 always. */
function effectiveStatus(status: number, code: Facts['code']): number {
  const meant = typeof code === 'number' && code >= 400 && code < 600 ? code : undefined;
  return meant !== undefined && (status < 400 || meant === 429) ? meant : status;
}

export function readRefusal({ status, body, headers, secret }: Refusal): Facts {
  const raw = typeof body === 'string' ? body.trim() : '';
  const html = raw.startsWith('<') || headers?.['content-type']?.includes('text/html') === true;
  if (html) return { status, code: undefined, text: '', html };
  const parsed = typeof body === 'string' ? parseJson(raw) : body;
  const all = levels(isRecord(parsed) ? parsed : { message: raw });
  const code = all.map(codeOf).find((value) => value !== undefined);
  const text = safe(all.map(messageOf).find((value) => value !== undefined) ?? '', secret);
  return { status: effectiveStatus(status, code), code, text, html };
}
