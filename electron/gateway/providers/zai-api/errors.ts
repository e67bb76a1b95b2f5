import type { ErrorCode } from '../../chat/errors.ts';
import { all, says, status, type Rule } from '../wire/shared/classify.ts';
import type { Facts } from '../wire/shared/refusal.ts';
import type { Bases } from './bases.ts';
import { resetIn } from './reset.ts';

/** A business code in words: `[1113] …`, `1113: …`, `code: 1113`. */
const spelled = /(?:^\W{0,3}|\bcode\W{1,4})(1[0-3]\d\d)\b/i;

/** The vendor's own code of a refusal: the code itself, else the type, else the words. */
export function businessCode({ code, type, text }: Facts): number | undefined {
  for (const value of [code, type, spelled.exec(text)?.[1]]) {
    const number = typeof value === 'number' || (value !== undefined && /^\d+$/.test(value)) ? Number(value) : NaN;
    if (number === 500 || (number >= 1_000 && number < 1_400)) return number;
  }
  return undefined;
}

const business =
  (...wanted: readonly number[]): Rule['when'] =>
  (facts) => {
    const found = businessCode(facts);
    return found !== undefined && wanted.includes(found);
  };

/** Codes, what they mean, and the sentence; the window has its own in the user's language (i18n: zaiCodes). */
type Line = readonly [codes: readonly number[], meaning: ErrorCode, message: string, hint?: string];

const newKey = 'Replace the key; keys of z.ai and of bigmodel.cn are good at their own bases only.';
const inConsole = 'Look into the console of the vendor.';
const wording = 'Change the wording, or choose another model.';

const lines: readonly Line[] = [
  [[1000, 1001, 1002], 'upstream_auth_failed', '{name} does not accept this key: {text}', newKey],
  [[1003, 1004], 'upstream_auth_failed', 'The key is no longer valid at {name}: {text}', newKey],
  [[1100, 1110, 1111], 'upstream_auth_failed', 'The account of this key is not active: {text}', inConsole],
  [[1112], 'upstream_auth_failed', 'The account of this key is locked: {text}', inConsole],
  [[1121], 'upstream_auth_failed', 'The account of this key is closed for breaking the rules: {text}', inConsole],
  [[1113], 'quota_exceeded', 'The account of this key has no balance left: {text}', 'Recharge it, or use another key.'],
  [[1309], 'plan_expired', 'The coding plan of this key has expired: {text}'],
  [[1311], 'model_not_in_plan', 'The plan of this key does not include the model: {text}'],
  [[1211], 'model_not_found', '{name} does not know this model: {text}'],
  [[1220], 'model_not_allowed', 'The key may not use this API: {text}'],
  [[1221], 'model_not_allowed', '{name} has taken this API out of service: {text}', 'Choose another model.'],
  [[1222], 'model_not_allowed', '{name} has no such API: {text}', 'Choose another model.'],
  [[1261], 'context_length_exceeded', 'The conversation is too long for the model: {text}'],
  [[1300], 'request_rejected', '{name} refuses the request by its policy: {text}', wording],
  [[1301], 'request_rejected', '{name} finds the content unsafe: {text}', wording],
  [[1302], 'concurrency_limited', 'Too many requests of this key at once: {text}'],
  [[1303], 'upstream_rate_limited', '{name} limits how often this key may ask: {text}'],
  [[1305], 'upstream_rate_limited', '{name} is overloaded or limits this API: {text}'],
  [[1304], 'quota_exceeded', 'The calls of this day are used up: {text}'],
  [[1308], 'quota_exceeded', 'The usage limit of this key is reached: {text}'],
  [[1310], 'quota_exceeded', 'The weekly or monthly limit of this key is reached: {text}'],
  [[1313], 'quota_exceeded', '{name} throttles this key by its fair-use policy: {text}', 'Use the plan in coding tools only, or another key.'],
  [[1312], 'upstream_error', 'The model is too busy: {text}', 'Choose another model, or try again later.'],
  [[1200, 1210, 1213, 1214, 1215], 'request_rejected', '{name} does not accept a field of the request: {text}'],
  [[1212], 'request_rejected', 'The model cannot be called in this way: {text}', 'Choose another model.'],
  [[1231], 'upstream_error', '{name} has seen the id of this request before: {text}', 'Try again.'],
  [[500, 1120, 1230, 1234], 'upstream_error', '{name} failed: {text}'],
]; // prettier-ignore

const ofLine = ([codes, code, message, hint]: Line): Rule => ({
  when: business(...codes),
  code,
  message,
  ...(hint !== undefined && { hint }),
  ...(code === 'quota_exceeded' && { wait: ({ text }, now) => resetIn(text, now) }),
});

/** Where the key is good and only the base is not: the vendor says so by balance or plan. */
function wrongBase({ coding, other }: Bases): readonly Rule[] {
  if (other === null) return [];
  const message = coding
    ? 'This key has no coding plan, or it has expired; the key may be good at the other base: {text}'
    : 'This key has no balance at this base; a key of the coding plan belongs to the other base: {text}';
  const hint = `Switch the base to ${other} in Traygate › Providers › Z.AI API, or recharge the account.`;
  return [{ when: business(coding ? 1309 : 1113), code: 'wrong_base', message, hint }];
}

const byStatus: readonly Rule[] = [
  { when: status(434), code: 'model_not_allowed', message: 'The key may not use this beta API: {text}' },
  { when: status(435), code: 'request_too_large', message: 'A file of the request is over 100 MB: {text}' },
  { when: all(status(200, 429), says(/concurren|并发/i)), code: 'concurrency_limited', message: 'Too many requests of this key at once: {text}' },
]; // prettier-ignore

/** What the vendor's codes mean at its Messages base, which takes both kinds of key. */
export const messagesRules: readonly Rule[] = [...lines.map(ofLine), ...byStatus];

/** The same at one of the other bases. */
export const chatRules = (bases: Bases): readonly Rule[] => [...wrongBase(bases), ...messagesRules];
