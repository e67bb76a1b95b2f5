import { baseAddress } from '../wire/shared/address.ts';
import { checkUrl } from '../wire/shared/destination.ts';

/** The bases by their names in the setting. Keys belong to one region, and to a plan or to pay as you go. */
const named = {
  standard: 'https://api.z.ai/api/paas/v4',
  coding: 'https://api.z.ai/api/coding/paas/v4',
  china: 'https://open.bigmodel.cn/api/paas/v4',
  'china-coding': 'https://open.bigmodel.cn/api/coding/paas/v4',
} as const;
type BaseName = keyof typeof named;
export const baseNames = Object.keys(named);

export interface Bases {
  /** As the setting says it. */
  readonly setting: string;
  /** What `/chat/completions` is added to. */
  readonly chat: string;
  /** Where the same models speak the Messages API; null: nowhere. */
  readonly messages: string | null;
  /** Whether this is the base of the coding plan. */
  readonly coding: boolean;
  readonly china: boolean;
  /** The setting for the other kind of key, in the same region; null where nobody knows. */
  readonly other: string | null;
}

const isName = (setting: string): setting is BaseName => Object.hasOwn(named, setting);
const layout = /^(https?:\/\/[^/]+(?:\/.*)?)\/api\/(?:(coding)\/)?(?:paas\/v4|anthropic(?:\/v1)?)$/;
const withScheme = /^[a-z][a-z\d+.-]*:\/\//i;

/** The name a base has in the setting, or the address itself. */
function nameOf(chat: string): string {
  return baseNames.find((name) => isName(name) && named[name] === chat) ?? chat;
}

/**
 * What a setting stands for: a name, or the address of something with the vendor's own paths, such as a proxy. Any other
 * address is a mere service behind Chat Completions. Undefined for what is neither.
 */
export function basesOf(setting: string): Bases | undefined {
  if (!isName(setting) && !withScheme.test(setting)) return undefined;
  const { base, exact } = baseAddress(isName(setting) ? named[setting] : setting);
  if (!URL.canParse(base)) return undefined;
  const [, root, plan] = layout.exec(exact ? base : `${base}/api/paas/v4`) ?? [];
  if (root === undefined) {
    return { setting, chat: base, messages: null, coding: false, china: false, other: null };
  }
  const coding = plan === 'coding';
  const paths = [`${root}/api/paas/v4`, `${root}/api/coding/paas/v4`] as const;
  return {
    setting,
    chat: coding ? paths[1] : paths[0],
    messages: `${root}/api/anthropic`,
    coding,
    china: new URL(root).hostname.endsWith('bigmodel.cn'),
    other: nameOf(coding ? paths[0] : paths[1]),
  };
}

/** Whether a setting may be kept: a name, or an address that a key may be sent to. */
export function isBase(setting: string): boolean {
  const bases = basesOf(setting);
  if (!bases) return false;
  try {
    checkUrl(bases.chat);
    return true;
  } catch {
    return false;
  }
}
