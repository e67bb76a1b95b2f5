import type { ModelInfo } from '../../../../shared/model.ts';
import { useLock } from '../../../lib/gateway-state.ts';
import { setSetting, useSettings } from '../../../lib/settings.ts';
import { attempt } from '../../../lib/toasts.ts';
import { trusted } from '../../../lib/trusted.ts';

interface Alias {
  readonly pattern: string;
  readonly targets: readonly string[];
}

export interface ModelNames {
  readonly off: boolean;
  readonly setOff: (off: boolean) => void;
  /** What fixes it, or null. */
  readonly offFixedBy: string | null;
  /** The user's own names that this model is the first to answer. */
  readonly aliases: readonly string[];
  readonly addAlias: (pattern: string) => Promise<boolean>;
  readonly removeAlias: (pattern: string) => void;
  readonly aliasesFixedBy: string | null;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Under which names a model answers, and whether at all. */
export function useModelNames({ id, provider }: ModelInfo): ModelNames {
  const { data } = useSettings();
  const offFixedBy = useLock('models.off');
  const aliasesFixedBy = useLock('models.aliases');
  const fullName = `${provider}/${id}`;
  const off = trusted<readonly string[]>(data?.values['models.off'] ?? []);
  const aliases = trusted<readonly Alias[]>(data?.values['models.aliases'] ?? []);
  const isTarget = ({ targets: [first] }: Alias): boolean =>
    first !== undefined && (same(first, fullName) || same(first, id));
  return {
    off: off.some((name) => same(name, fullName)),
    setOff: (wanted) => {
      const others = off.filter((name) => !same(name, fullName));
      void attempt(setSetting('models.off', wanted ? [...others, fullName] : others));
    },
    offFixedBy,
    aliases: aliases.filter(isTarget).map(({ pattern }) => pattern),
    addAlias: async (pattern) => {
      const others = aliases.filter((alias) => !same(alias.pattern, pattern));
      return (await attempt(setSetting('models.aliases', [...others, { pattern, targets: [fullName] }]))) !== null;
    },
    removeAlias: (pattern) => {
      void attempt(
        setSetting(
          'models.aliases',
          aliases.filter((alias) => !same(alias.pattern, pattern)),
        ),
      );
    },
    aliasesFixedBy,
  };
}
