import { isBuiltIn } from '../../../shared/provider.ts';
import type { ProviderState } from '../../../shared/state.ts';

export const providerTabs = ['tokens', 'models', 'options'] as const;
export type ProviderTab = (typeof providerTabs)[number];

export interface ProviderSearch {
  tab?: ProviderTab;
  /** Opens the sheet for adding tokens. */
  add?: boolean;
}

export function readProviderSearch(search: Record<string, unknown>): ProviderSearch {
  const tab = providerTabs.find((known) => known === search['tab']);
  return { ...(tab !== undefined && { tab }), ...(search['add'] === true && { add: true }) };
}

/** The tabs a provider has; the first one is shown when none is asked for. */
export function tabsOf({ base, id, needsToken }: ProviderState): readonly [ProviderTab, ...ProviderTab[]] {
  if (isBuiltIn(id) && base === null) return ['tokens', 'models'];
  return needsToken ? ['tokens', 'models', 'options'] : ['models', 'options'];
}
