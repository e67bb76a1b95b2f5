import { isRecord, listIn, recordIn, textIn, type Json } from '../wire/shared/json.ts';
import { unknownModel, type ZaiModel } from './model-table.ts';

/** `GET /api/models` (README: Models), read with the caution due to a list somebody else wrote. */

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N} ._:+/-]{0,63}$/u;
/** Agents of the site with an answer format of their own, not chat models. */
const agents = new Set(['deep-research', 'zero', '0808-360b-dr']);

const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;

/** Both units occur in such lists; nothing here is older than 1973 or younger than 5138. */
const seconds = (time: number): number => (time > 1e11 ? Math.floor(time / 1000) : time);

function variants(base: ZaiModel, canThink: boolean, canSearch: boolean): ZaiModel[] {
  return [
    base,
    ...(canThink ? [{ ...base, name: `${base.name}-Thinking`, thinking: true }] : []),
    ...(canSearch ? [{ ...base, name: `${base.name}-Search`, search: true }] : []),
  ];
}

function entry(item: unknown): ZaiModel[] {
  if (!isRecord(item)) return [];
  const info = recordIn(item, 'info');
  const meta = recordIn(info, 'meta');
  const can = recordIn(meta, 'capabilities');
  const upstreamId = textIn(item, 'id') ?? '';
  const name = [textIn(item, 'name'), upstreamId].find((value) => value !== undefined && namePattern.test(value));
  if (!namePattern.test(upstreamId) || !name || agents.has(upstreamId.toLowerCase()) || meta['hidden'] === true)
    return [];
  const [canThink, canSearch] = [can['think'] === true, can['web_search'] === true];
  const base: ZaiModel = {
    ...unknownModel,
    name: name.trim().replaceAll(' ', '-'),
    upstreamId,
    canThink,
    canSearch,
    canSee: can['vision'] === true,
    graded: can['reasoning_effort'] === true,
    maxOutputTokens: count(recordIn(info, 'params')['max_tokens']),
    created: seconds(count(item['created']) ?? Date.UTC(2026, 0)),
  };
  return variants(base, canThink, canSearch);
}

/** Each live chat model under its own name and, where it can, with -Thinking and -Search; undefined when it is no catalogue. */
export function readCatalogue(reply: unknown, limit: number): ZaiModel[] | undefined {
  const list = isRecord(reply) ? listIn(reply satisfies Json, 'data') : undefined;
  if (!list || list.length === 0) return undefined;
  const found = new Map<string, ZaiModel>();
  for (const model of list.flatMap(entry)) {
    const key = model.name.toLowerCase();
    if (found.size < limit && !found.has(key)) found.set(key, model);
  }
  return found.size > 0 ? [...found.values()] : undefined;
}
