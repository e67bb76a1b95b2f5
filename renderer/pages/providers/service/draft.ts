import type { Input, RefusalReason } from '../../../../shared/contract.ts';
import { splitPasted } from '../../../../shared/paste.ts';
import type { Preset } from '../../../../shared/presets.ts';
import type { AddableKind, AddedProvider } from '../../../../shared/provider.ts';

/** What the form holds: all as it was typed. */
export interface Draft {
  readonly kind: AddableKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly keyless: boolean;
  readonly keys: string;
  readonly headers: string;
  readonly models: string;
  readonly prefix: string;
}

export type DraftField = 'name' | 'baseUrl' | 'keys' | 'headers' | 'models';
export type Wanted = Input<'provider.add'>['provider'];

/** What is wrong with a field; the window says it under the field. */
export type Problem =
  | { readonly kind: 'name' | 'baseUrl' | 'malformed' | 'keys' | 'notKeys' | 'models' }
  | { readonly kind: 'header'; readonly line: number }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };
export type Problems = Readonly<Partial<Record<DraftField, Problem>>>;

const empty: Draft = {
  kind: 'openai-compatible',
  name: '',
  baseUrl: '',
  keyless: false,
  keys: '',
  headers: '',
  models: '',
  prefix: '',
};

export const draftOf = ({ kind, name = '', baseUrl = '', keyless = false }: Partial<Preset>): Draft => ({
  ...empty,
  kind: kind ?? empty.kind,
  name,
  baseUrl,
  keyless,
});

export const draftFrom = ({ kind, name, baseUrl, keyless, headers, models, prefix }: AddedProvider): Draft => ({
  ...empty,
  kind,
  name,
  baseUrl,
  keyless,
  headers: Object.entries(headers)
    .map(([header, value]) => `${header}: ${value}`)
    .join('\n'),
  models: models.join('\n'),
  prefix,
});

/** Keys of a paste; the gateway takes it apart in the same way. */
export const keysOf = ({ keyless, keys }: Draft): string[] =>
  keyless ? [] : [...new Set(splitPasted(keys).map(({ value }) => value))];

/** `wrong`: the first line that is no header, from 1. */
function readHeaders(text: string): { readonly headers: Record<string, string>; readonly wrong: number | null } {
  const headers: Record<string, string> = {};
  for (const [index, line] of text.split(/\r\n|\n|\r/u).entries()) {
    if (line.trim() === '') continue;
    const [, name, value] = /^([A-Za-z0-9-]{1,60})\s*:(.{0,1000})$/u.exec(line.trim()) ?? [];
    if (name === undefined || value === undefined) return { headers, wrong: index + 1 };
    headers[name] = value.trim();
  }
  return { headers, wrong: null };
}

/** What is to be saved, and what keeps it from being saved; whether the address is allowed is for the gateway to say. */
export function readDraft(draft: Draft): { readonly wanted: Wanted; readonly problems: Problems } {
  const { keyless, kind } = draft;
  const name = draft.name.trim();
  const baseUrl = draft.baseUrl.trim();
  const { headers, wrong } = readHeaders(draft.headers);
  const models = [...new Set(draft.models.split(/[\n\r,，]+/u).map((model) => model.trim()))].filter(Boolean);
  const problems: Partial<Record<DraftField, Problem>> = {};
  if (name === '' || name.length > 60) problems.name = { kind: 'name' };
  if (baseUrl === '') problems.baseUrl = { kind: 'baseUrl' };
  else if (!URL.canParse(baseUrl)) problems.baseUrl = { kind: 'malformed' };
  if (!keyless && draft.keys.trim() !== '' && keysOf(draft).length === 0) problems.keys = { kind: 'notKeys' };
  if (wrong !== null) problems.headers = { kind: 'header', line: wrong };
  if (models.length > 500 || models.some((model) => model.length > 200)) problems.models = { kind: 'models' };
  return { wanted: { kind, name, baseUrl, keyless, headers, models, prefix: draft.prefix.trim() }, problems };
}
