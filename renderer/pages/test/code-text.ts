import { en } from '../../i18n/en/index.ts';
import { i18n } from '../../i18n/i18n.ts';
import { type ErrorText, errorText } from '../../lib/error-text.ts';

type OwnCode = keyof typeof en.test.codes;
const isOwn = (code: string): code is OwnCode => Object.hasOwn(en.test.codes, code);

/** What a failed test means: a code of the error table, or one that only tests have. */
export function codeText(code: string, provider?: string): ErrorText {
  if (isOwn(code)) return { title: i18n.t(`test.codes.${code}`), hint: '' };
  return errorText(code, provider) ?? { title: code, hint: '' };
}
