import type { ClientKey, KeyLimits } from '../../../../shared/client-key.ts';

export const lifetimes = ['never', 'keep', 'day', 'week', 'month', 'quarter', 'year'] as const;

export interface KeyDraft {
  readonly name: string;
  readonly lifetime: (typeof lifetimes)[number];
  readonly perMinute: string;
  readonly perDay: string;
  readonly models: string;
}

export interface KeyWish {
  readonly name: string;
  readonly expiresAt: number | null;
  readonly limits: KeyLimits;
}

const dayMs = 86_400_000;
const days = { day: 1, week: 7, month: 30, quarter: 90, year: 365 } as const;

export function draftOf(key: ClientKey | null): KeyDraft {
  const { requestsPerMinute = null, tokensPerDay = null, models = null } = key?.limits ?? {};
  return {
    name: key?.name ?? '',
    lifetime: (key?.expiresAt ?? null) === null ? 'never' : 'keep',
    perMinute: requestsPerMinute === null ? '' : String(requestsPerMinute),
    perDay: tokensPerDay === null ? '' : String(tokensPerDay),
    models: (models ?? []).join('\n'),
  };
}

const isLimit = (text: string, max: number): boolean =>
  text.trim() === '' || (/^\s*[1-9]\d{0,12}\s*$/u.test(text) && Number(text) <= max);

/** The field that cannot be taken as it is. */
export function problemOf({ name, perMinute, perDay }: KeyDraft): 'name' | 'perMinute' | 'perDay' | null {
  if (name.trim() === '') return 'name';
  if (!isLimit(perMinute, 100_000)) return 'perMinute';
  return isLimit(perDay, 1_000_000_000_000) ? null : 'perDay';
}

/** What is asked of the gateway, from a draft without a problem. */
export function wishOf(draft: KeyDraft, key: ClientKey | null, now: number): KeyWish {
  const { lifetime } = draft;
  const kept = lifetime === 'keep' ? (key?.expiresAt ?? null) : null;
  const limit = (text: string) => (text.trim() === '' ? null : Number(text));
  const models = draft.models
    .split(/[\n,，]/u)
    .map((model) => model.trim())
    .filter(Boolean);
  return {
    name: draft.name.trim(),
    expiresAt: lifetime === 'never' || lifetime === 'keep' ? kept : now + days[lifetime] * dayMs,
    limits: {
      requestsPerMinute: limit(draft.perMinute),
      tokensPerDay: limit(draft.perDay),
      models: models.length === 0 ? null : models,
    },
  };
}
