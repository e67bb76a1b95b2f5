import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddedProvider } from '../../../../shared/provider.ts';
import { call, CallError } from '../../../lib/backend.ts';
import { attempt, say } from '../../../lib/toasts.ts';
import { readState } from '../provider-actions.ts';
import { type Draft, draftFrom, type DraftField, keysOf, type Problems, readDraft } from './draft.ts';
import { type Verified, verifyDraft } from './verify.ts';

const none: Problems = {};

/** What is typed about a service, and what becomes of it. */
export function useService(saved: AddedProvider | null, onSaved: (provider: AddedProvider) => void) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft | null>(() => (saved === null ? null : draftFrom(saved)));
  const [problems, setProblems] = useState<Problems>(none);
  const [busy, setBusy] = useState<'verify' | 'save' | null>(null);
  const [verified, setVerified] = useState<{ readonly verified: Verified; readonly draft: Draft } | null>(null);
  /** Counts the times something was wrong: the first such field then gets the focus. */
  const [refused, setRefused] = useState(0);

  function refuse(found: Problems) {
    setProblems(found);
    setRefused((times) => times + 1);
  }

  /** An address that the gateway does not allow is told where it was typed. */
  async function asking<T>(what: 'verify' | 'save', work: () => Promise<T>): Promise<T | null> {
    setBusy(what);
    try {
      return await attempt(
        work().catch((error: unknown) => {
          if (!(error instanceof CallError) || error.reason?.startsWith('address_') !== true) throw error;
          refuse({ baseUrl: { kind: 'refused', reason: error.reason } });
          return null;
        }),
      );
    } finally {
      setBusy(null);
    }
  }

  return {
    draft,
    problems,
    busy,
    verified,
    refused,

    begin: (next: Draft | null) => {
      setDraft(next);
      setProblems(none);
      setVerified(null);
    },

    change: (change: Partial<Draft>) => {
      setDraft((before) => (before === null ? null : { ...before, ...change }));
      setVerified(null);
      const changed = new Set<string>(Object.keys(change));
      const left = Object.entries(problems).filter(([field]) => !changed.has(field));
      setProblems(Object.fromEntries(left) satisfies Partial<Record<DraftField, unknown>>);
    },

    verify: async () => {
      if (draft === null) return;
      const { problems: wrong } = readDraft(draft);
      const noKey = saved === null && !draft.keyless && keysOf(draft).length === 0;
      const found: Problems = noKey ? { ...wrong, keys: wrong.keys ?? { kind: 'keys' } } : wrong;
      if (Object.keys(found).length > 0) {
        refuse(found);
        return;
      }
      setVerified(null);
      const answer = await asking('verify', () => verifyDraft(draft, saved?.id ?? null));
      if (answer !== null) setVerified({ verified: answer, draft });
    },

    save: async () => {
      if (draft === null || busy !== null) return;
      const { wanted, problems: wrong } = readDraft(draft);
      if (Object.keys(wrong).length > 0) {
        refuse(wrong);
        return;
      }
      const provider = await asking('save', async () => {
        if (saved === null)
          return await call('provider.add', { provider: wanted, keys: keysOf(draft).join('\n') || null });
        await call('provider.change', { provider: { ...wanted, id: saved.id, enabled: saved.enabled } });
        return saved;
      });
      if (provider === null) return;
      await readState();
      say(t(saved === null ? 'providers.added' : 'providers.changed', { provider: wanted.name }));
      onSaved(provider);
    },
  };
}
