import { isRecord, parseJson, textIn, type Json } from './json.ts';

/** A refusal as it arrived: an HTTP reply, or the error of a frame (then with status 200). */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly now: number;
  /** What is in use as a secret, to be blotted out of whatever the service echoes. */
  readonly secret?: string | readonly string[] | undefined;
}

/** What can be read out of a refusal. */
export interface Facts {
  /** The HTTP status, or what the body says it should have been. */
  readonly status: number;
  readonly code: number | string | undefined;
  /** The kind of error as OpenAI and Anthropic name it, e.g. `invalid_request_error`. */
  readonly type: string | undefined;
  /** The parameter the service complains about. */
  readonly param: string | undefined;
  /** The service's own words in one line, without secrets; empty for a web page. */
  readonly text: string;
  readonly html: boolean;
}

const textLimit = 300;
const depthLimit = 4;

/** The levels of an error body, outermost first. The reason and its code may sit on different ones. */
function levels(body: unknown, depth = 0): Json[] {
  if (!isRecord(body) || depth > depthLimit) return [];
  const inner = ['error', 'detail', 'data', 'base_resp'].flatMap((key) => levels(first(body[key]), depth + 1));
  return [body, ...inner];
}

/** Validators list their complaints; one is enough. */
const first = (value: unknown): unknown => (Array.isArray(value) ? (value as readonly unknown[])[0] : value);

function codeOf(level: Json): number | string | undefined {
  for (const value of [level['code'], level['error_code'], level['status_code']]) {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && value) return /^\d{1,9}$/.test(value) ? Number(value) : value;
  }
  return undefined;
}

/** Anthropic's outer level only says that it is one. */
const typeOf = (level: Json): string | undefined => {
  const type = textIn(level, 'type');
  return type === 'error' ? undefined : type;
};

function messageOf(level: Json): string | undefined {
  return ['message', 'msg', 'detail', 'error', 'status_msg'].map((key) => textIn(level, key)).find(Boolean);
}

/** Shorter values are words, and blotting them out would only damage the text. */
const shortestSecret = 6;
const shapes = [/eyJ[\w-]{4,}(\.[\w-]*)*/g, /\b(sk|ak|pk)-[\w-]{8,}/g];

/** One line without secrets: those in use, and anything else that has the shape of one. */
function safe(text: string, secret: Refusal['secret'] = []): string {
  let clean = text.slice(0, 4 * textLimit + 2_000);
  for (const value of typeof secret === 'string' ? [secret] : secret)
    if (value.length >= shortestSecret) clean = clean.replaceAll(value, '•••');
  for (const shape of shapes) clean = clean.replaceAll(shape, '•••');
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
  if (html) return { status, code: undefined, type: undefined, param: undefined, text: '', html };
  const parsed = first(typeof body === 'string' ? parseJson(raw) : body);
  const all = levels(isRecord(parsed) ? parsed : { message: raw });
  const among = <T>(read: (level: Json) => T | undefined): T | undefined =>
    all.map(read).find((value) => value !== undefined);
  /** Whatever a service fills in, it may be what we have sent. */
  const word = (text: string | undefined, limit: number) => text && safe(text, secret).slice(0, limit);
  const said = among(codeOf);
  const code = typeof said === 'string' ? word(said, 60) : said;
  return {
    status: effectiveStatus(status, code),
    code,
    type: word(among(typeOf), 60),
    param: word(
      among((level) => textIn(level, 'param')),
      100,
    ),
    text: safe(among(messageOf) ?? '', secret),
    html,
  };
}
