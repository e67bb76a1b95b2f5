import { useState } from 'react';
import { i18n } from '../../../i18n/i18n.ts';
import { CallError } from '../../../lib/backend.ts';
import { useLock } from '../../../lib/gateway-state.ts';
import { resetSetting, setSetting, useSettings } from '../../../lib/settings.ts';

export interface Setting {
  readonly value: unknown;
  readonly fallback: unknown;
  /** The name of what fixes it, or null. */
  readonly lockedBy: string | null;
  readonly changed: boolean;
  readonly busy: boolean;
  /** Why the last value was not taken. */
  readonly problem: string | null;
  /** True when it was taken. */
  readonly set: (value: unknown) => Promise<boolean>;
  readonly reset: () => Promise<boolean>;
  readonly complain: (problem: string | null) => void;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Words for a refusal: those of the window where it has some, else what the gateway says. */
function saidBy({ reason, code, message }: CallError): string {
  // What is wrong with it is said in English alone; what is allowed stands beside the field in both.
  if (reason === 'setting_invalid' && i18n.language === 'en') return `${i18n.t('refusals.setting_invalid')} ${message}`;
  if (reason !== undefined) return i18n.t(`refusals.${reason}`);
  return code === 'refused' ? message : i18n.t(`calls.${code}`);
}

/** One setting, and what changes it. What is refused leaves it as it was, and says why. */
export function useSetting(path: string): Setting {
  const { data } = useSettings();
  const lockedBy = useLock(path);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      setProblem(saidBy(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const value = data?.values[path];
  const fallback = data?.defaults[path];
  return {
    value,
    fallback,
    lockedBy,
    changed: lockedBy === null && !same(value, fallback),
    busy,
    problem,
    set: (next) => take(() => setSetting(path, next)),
    reset: () => take(() => resetSetting(path)),
    complain: setProblem,
  };
}
