import { type DiagnosedItem, type Diagnosis, isStrange } from '../../../shared/diagnosis.ts';
import { readPaste } from '../../../shared/paste.ts';
import type { Paste } from '../../../shared/paste/pasted.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import { hashOf } from '../pool/token-store.ts';
import { judge, type Surroundings } from './judge.ts';

export interface Look extends Surroundings {
  /** What a provider has saved, by hash. */
  readonly saved: (provider: ProviderId) => ReadonlyMap<string, { readonly alias: string }>;
}

/** An item with what must not leave the gateway. */
export interface Examined {
  readonly item: DiagnosedItem;
  readonly secret: string;
  readonly hash: string;
  /** `fresh`: would be saved here; `elsewhere`: with another provider. */
  readonly verdict: 'fresh' | 'elsewhere' | 'duplicate' | 'problem';
}

const shown = 500;

/** Looks at every item of a paste. Nothing is stored, and nobody is asked. */
export function examine(paste: Paste, look: Look): Examined[] {
  const seen = new Set<string>();
  const savedBy = new Map<ProviderId, ReturnType<Look['saved']>>();
  const saved = (provider: ProviderId) => {
    const known = savedBy.get(provider) ?? look.saved(provider);
    savedBy.set(provider, known);
    return known;
  };
  return paste.items.map((pasted): Examined => {
    const judgement = judge(pasted, look);
    const { line, place, name, value } = pasted;
    const readable = judgement.problem === null || !isStrange(judgement.problem);
    const hash = readable ? hashOf(value) : '';
    const home = judgement.provider ?? look.provider;
    const alias = readable ? saved(home).get(hash)?.alias : undefined;
    let duplicate: DiagnosedItem['duplicate'] = null;
    if (readable && seen.has(hash)) duplicate = { of: 'paste' };
    else if (alias !== undefined) duplicate = { of: 'saved', provider: home, alias };
    if (readable) seen.add(hash);
    const item = { line, place, name, fingerprint: readable ? `#${hash.slice(0, 6)}` : null, ...judgement, duplicate };
    return { item, secret: value, hash, verdict: verdictOn(item, look.provider) };
  });
}

function verdictOn({ problem, duplicate, provider }: DiagnosedItem, here: ProviderId): Examined['verdict'] {
  if (problem !== null) return 'problem';
  if (duplicate !== null) return 'duplicate';
  return provider === null || provider === here ? 'fresh' : 'elsewhere';
}

/** The token doctor's word on pasted text. */
export function diagnose(text: string, look: Look): Diagnosis {
  const paste = readPaste(text);
  const examined = examine(paste, look);
  const elsewhere = new Map<ProviderId, number>();
  for (const { verdict, item } of examined)
    if (verdict === 'elsewhere' && item.provider !== null)
      elsewhere.set(item.provider, (elsewhere.get(item.provider) ?? 0) + 1);
  const count = (which: (entry: Examined) => boolean) => examined.filter(which).length;
  const places = new Map(examined.map((entry, at) => [entry, at]));
  const telling = examined.filter(({ verdict }) => verdict !== 'fresh').slice(0, shown);
  const plain = examined.filter(({ verdict }) => verdict === 'fresh').slice(0, shown - telling.length);
  return {
    format: paste.format,
    read: examined.length,
    fresh: count(({ verdict }) => verdict === 'fresh'),
    duplicates: count(({ verdict }) => verdict === 'duplicate'),
    strange: count(({ item }) => item.problem !== null && isStrange(item.problem)),
    unwanted: count(({ item }) => item.problem !== null && !isStrange(item.problem)),
    elsewhere: [...elsewhere].map(([provider, many]) => ({ provider, count: many })),
    items: [...telling, ...plain]
      .toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
      .map(({ item }) => item),
    cut: paste.cut,
  };
}
