/** What our own page may do beyond drawing itself. All else is denied, to it and to everybody. */
const permitted: Readonly<Record<string, string>> = {
  'clipboard-sanitized-write': 'the copy buttons',
};

/** Whether a page may have a permission. @param isOurs whether an address is our own page's */
export const mayUse = (permission: string, origin: string, isOurs: (url: string) => boolean): boolean =>
  Object.hasOwn(permitted, permission) && isOurs(origin);
