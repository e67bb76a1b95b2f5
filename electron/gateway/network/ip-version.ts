/** How providers are reached: as names and networks have it, or by one version of the protocol alone. */
export const ipVersions = ['auto', 'ipv4', 'ipv6'] as const;
export type IpVersion = (typeof ipVersions)[number];

/** For `net.connect`. */
export const familyOf = (version: IpVersion): { readonly family?: 4 | 6 } =>
  version === 'auto' ? {} : { family: version === 'ipv4' ? 4 : 6 };
