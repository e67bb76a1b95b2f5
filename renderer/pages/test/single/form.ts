import type { DialectId } from '../../../../shared/exchange.ts';
import { redSquare } from '../../../../shared/sample-image.ts';
import { type TrialTool, trialBody } from '../../../../shared/trial-body.ts';
import type { TrialAsk } from '../../../../shared/trials.ts';
import { i18n } from '../../../i18n/i18n.ts';
import { createStore } from '../../../lib/store.ts';
import type { Whom } from '../choices.tsx';

export interface TestForm extends Whom {
  readonly dialect: DialectId;
  readonly stream: boolean;
  readonly thinking: 'default' | 'on' | 'off';
  readonly tools: boolean;
  readonly json: boolean;
  readonly maxTokens: number | null;
  readonly system: string;
  readonly text: string;
  readonly image: { readonly name: string; readonly url: string } | null;
  /** The body as text, instead of what the fields above it say. */
  readonly raw: string | null;
  /** The exchange that is edited and sent again. */
  readonly replayOf: string | null;
}

const blank: TestForm = {
  model: '',
  provider: '',
  token: '',
  dialect: 'openai-chat',
  stream: true,
  thinking: 'default',
  tools: false,
  json: false,
  maxTokens: null,
  system: '',
  text: '',
  image: null,
  raw: null,
  replayOf: null,
};

/** Outside React: it is still there when the user comes back to the page. */
export const testForm = createStore<TestForm>(blank);
export const changeForm = (change: Partial<TestForm>): void => testForm.set({ ...testForm.get(), ...change });

export const sampleTool: TrialTool = {
  name: 'get_weather',
  description: 'The weather in a city, now.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string', description: 'e.g. Paris' } },
    required: ['city'],
  },
};

export const presetNames = ['short', 'long', 'code', 'json', 'tool', 'image', 'chinese'] as const;
export type PresetName = (typeof presetNames)[number];

/** What a preset sets, beside its text; the rest of what presets set goes back. */
const presets: Readonly<Record<PresetName, Partial<TestForm>>> = {
  short: {},
  long: { maxTokens: 800 },
  code: {},
  json: { json: true },
  tool: { tools: true },
  image: { image: { name: 'red-square.png', url: redSquare } },
  chinese: {},
};

export function applyPreset(name: PresetName): void {
  const cleared = { tools: false, json: false, image: null, maxTokens: null, raw: null, replayOf: null };
  changeForm({ ...cleared, ...presets[name], text: i18n.t(`test.presets.${name}.text`) });
}

/** The body that the fields make. */
export function bodyOf(form: TestForm, fallback: string): Record<string, unknown> {
  const { dialect, stream, maxTokens, text, system, json, image, tools, thinking } = form;
  return trialBody({
    dialect,
    model: form.model.trim() || fallback,
    text,
    stream,
    maxTokens,
    json,
    ...(system.trim() !== '' && { system }),
    ...(image && { image: image.url }),
    ...(tools && { tools: [sampleTool] }),
    thinking: thinking === 'default' ? null : thinking === 'on',
  });
}

/** A raw body that is a JSON object, or why not. */
export function parseRaw(raw: string): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(raw);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : null;
  } catch {
    return null;
  }
}

/** What is sent; null while the raw body is no JSON object. */
export function askOf(form: TestForm, fallback: string): TrialAsk | null {
  const body = form.raw === null ? bodyOf(form, fallback) : parseRaw(form.raw);
  if (body === null) return null;
  return {
    dialect: form.dialect,
    body,
    provider: form.provider || null,
    token: form.token || null,
    ...(form.replayOf !== null && { origin: 'replay', replayOf: form.replayOf }),
  };
}
