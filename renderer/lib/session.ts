import { adminFetch } from './admin-api.ts';
import { createStore } from './store.ts';

/** Whether the gateway lets this page in. The desktop window is always let in. */
export const session = createStore<'unknown' | 'in' | 'out'>('unknown');

export type SignInResult =
  | { outcome: 'in' }
  | { outcome: 'wrong' }
  | { outcome: 'unreachable' }
  | { outcome: 'wait'; seconds: number };

type Credential = { code: string } | { password: string };

const codeInLink = (text: string): string | null => /[?&]code=([\w.~-]+)/u.exec(text)?.[1] ?? null;

/** A one-time link carries its code; what looks like a bare code may still be the password. */
function readCredentials(text: string): Credential[] {
  const typed = text.trim();
  const linked = codeInLink(typed);
  if (linked !== null) return [{ code: linked }];
  return /^[\w-]{20,}$/u.test(typed) ? [{ code: typed }, { password: typed }] : [{ password: typed }];
}

/** Takes a pasted link, a pasted code or the password. */
export async function signInWith(text: string): Promise<SignInResult> {
  let result: SignInResult = { outcome: 'wrong' };
  for (const credential of readCredentials(text)) {
    result = await signIn(credential);
    if (result.outcome !== 'wrong') break;
  }
  return result;
}

export async function signIn(credential: Credential): Promise<SignInResult> {
  try {
    const response = await adminFetch('session', 'POST', credential);
    if (response.ok) {
      session.set('in');
      return { outcome: 'in' };
    }
    if (response.status !== 429) return { outcome: 'wrong' };
    const seconds = Number(response.headers.get('retry-after'));
    return { outcome: 'wait', seconds: Number.isFinite(seconds) && seconds > 0 ? seconds : 30 };
  } catch {
    return { outcome: 'unreachable' };
  }
}

export async function signOut(): Promise<void> {
  await adminFetch('session', 'DELETE');
  session.set('out');
}

/** Takes the code of a one-time link out of the address before anything else can see it there. */
export function takeCodeFromAddress(): string | null {
  if (!location.hash.startsWith('#/sign-in')) return null;
  const code = codeInLink(location.hash);
  history.replaceState(null, '', '#/home');
  return code;
}
