/** The providers of this version, in the order the window lists them. */
export const providerIds = ['zai', 'local'] as const;
export type ProviderId = (typeof providerIds)[number];

/** Proper names; they are not translated. */
export const providerNames: Record<ProviderId, string> = { zai: 'Z.AI', local: 'Local' };
