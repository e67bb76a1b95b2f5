export const providerTabs = ['tokens', 'models'] as const;
export type ProviderTab = (typeof providerTabs)[number];

export interface ProviderSearch {
  tab?: ProviderTab;
}

export function readProviderSearch(search: Record<string, unknown>): ProviderSearch {
  const tab = providerTabs.find((known) => known === search['tab']);
  return tab === undefined ? {} : { tab };
}
