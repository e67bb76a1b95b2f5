import { tokenUserId } from '../wire/web/identity.ts';

/** The id requests are signed with; the site's own page falls back to the literal `guest`. */
export const userIdOf = (token: string): string => tokenUserId(token) ?? 'guest';
