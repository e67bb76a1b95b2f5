import { randomUUID } from 'node:crypto';
import { isWeakKey } from '../http/reach.ts';
import { defaultKeySecret } from '../keys/default-key.ts';
import { digestOf, freshRecord } from '../keys/record.ts';
import type { KeyStore } from '../keys/store.ts';
import type { Secrets } from '../storage/secrets.ts';
import { type Line, lineOf } from './report.ts';

export interface KeyPlace {
  readonly secrets: Secrets;
  readonly keys: KeyStore;
  readonly now: number;
}

const placeholder = 'sk-your-api-key';
const hexOf = (value: string): string => digestOf(value).toString('hex');
const fingerprint = (value: string): string => `#${hexOf(value).slice(0, 6)}`;

/**
 * Carries over what clients send, so that they keep working. AUTH_TOKEN becomes the default key where there is none yet; what
 * else there is becomes a further key, of which only a hash is kept.
 */
export function takeKeys(env: ReadonlyMap<string, string>, place: KeyPlace): Line[] {
  const list = (env.get('AUTH_TOKENS') ?? '').split(',').map((value) => ['AUTH_TOKENS', value.trim()] as const);
  const single = ['AUTH_TOKEN', 'ANTHROPIC_API_KEY'].map((name) => [name, env.get(name)?.trim() ?? ''] as const);
  const lines = [...single, ...list]
    .filter(([, value]) => value !== '')
    .map(([subject, value]) => lineOf(subject, takeKey(subject, value, place)));
  if (!lines.some(({ subject }) => subject === 'AUTH_TOKEN'))
    lines.unshift({
      subject: 'AUTH_TOKEN',
      outcome: 'no meaning',
      text: 'it is not set; clients need the key that Traygate shows when it starts',
    });
  return lines;
}

function takeKey(variable: string, value: string, { secrets, keys, now }: KeyPlace): Omit<Line, 'subject'> {
  if (value === placeholder)
    return {
      outcome: 'refused',
      text: `${placeholder} is in the documentation, where anyone can read it: give your clients the key that Traygate shows when it starts`,
    };
  if (!/^[\x21-\x7e]{1,500}$/.test(value))
    return {
      outcome: 'refused',
      text: 'a key has 1 to 500 printable characters without blanks: make a new one in Settings',
    };
  const known = secrets.get(defaultKeySecret) === value || keys.load().some(({ hash }) => hash === hexOf(value));
  if (known) return { outcome: 'already so', text: `the key ${fingerprint(value)} is valid here` };
  if (variable === 'AUTH_TOKEN' && !secrets.has(defaultKeySecret)) {
    secrets.set(defaultKeySecret, value);
    const beware = isWeakKey(value)
      ? '; it can be guessed, so Traygate answers this computer only until it is changed'
      : '';
    return { outcome: 'taken over', text: `as the default client key ${fingerprint(value)}${beware}` };
  }
  if (isWeakKey(value))
    return {
      outcome: 'refused',
      text: `the key ${fingerprint(value)} can be guessed: make a new one in Settings, or set ${variable} for Traygate`,
    };
  const names = new Set(keys.load().map(({ name }) => name.toLowerCase()));
  const base = variable === 'ANTHROPIC_API_KEY' ? 'Python server, Anthropic' : 'Python server';
  let name = base;
  for (let number = 2; names.has(name.toLowerCase()); number++) name = `${base} ${number}`;
  keys.save(freshRecord(randomUUID(), name, value, now));
  return { outcome: 'taken over', text: `as the client key “${name}” ${fingerprint(value)}, valid for every route` };
}
