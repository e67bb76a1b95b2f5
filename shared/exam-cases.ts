import type { EarlierCall, TrialChoice, TrialTool } from './trial-body.ts';

/** What an argument must be: a text without regard to case and blanks around it, anything else exactly. */
export type Expected = string | number | boolean | readonly Expected[] | { readonly [name: string]: Expected };

export type Expectation =
  /** These calls and no others, in any order; without `arguments` any that the tool takes. */
  | {
      readonly calls: readonly { readonly name: string; readonly arguments?: Readonly<Record<string, Expected>> }[];
      readonly exact?: boolean;
    }
  /** One call or more, of tools that were offered. */
  | { readonly anyCall: true }
  /** No call; the text holds one of these words. */
  | { readonly says: readonly string[] };

export const examCaseIds = [
  'single', 'parallel', 'nested', 'enum', 'none', 'named', 'required', 'roundTrip', 'escapes', 'unknown',
] as const; // prettier-ignore

export interface ExamCase {
  readonly id: (typeof examCaseIds)[number];
  readonly tools: readonly TrialTool[];
  readonly choice?: TrialChoice;
  readonly prompt: string;
  readonly earlier?: EarlierCall;
  readonly expect: Expectation;
  /** Directives for `local/script`, which does only what it is told. */
  readonly script: string;
}

const object = (properties: Readonly<Record<string, unknown>>, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
});
const text = { type: 'string' };

const weather: TrialTool = {
  name: 'get_weather',
  description: 'The weather in a city, now.',
  parameters: object({ city: { type: 'string', description: 'The city in English, e.g. Paris' } }),
};
const light: TrialTool = {
  name: 'set_light',
  description: 'Sets the light of one room.',
  parameters: object({ room: text, colour: { type: 'string', enum: ['warm', 'cold', 'off'] } }),
};
const calendar: TrialTool = {
  name: 'create_event',
  description: 'Puts an event into the calendar.',
  parameters: object({
    title: text,
    when: object({ date: { type: 'string', description: 'YYYY-MM-DD' }, hour: { type: 'integer' } }),
    guests: { type: 'array', items: text },
  }),
};
const note: TrialTool = {
  name: 'save_note',
  description: 'Saves a text exactly as it is given.',
  parameters: object({ text }),
};

const awkward = 'Grüße, 世界! She said "hi" \\ then left.';

/** The ten questions. Each has one right answer, so that grading needs no judgement. */
export const examCases: readonly ExamCase[] = [
  {
    id: 'single',
    tools: [weather],
    prompt: 'What is the weather in Rome? Use the tool.',
    expect: { calls: [{ name: 'get_weather', arguments: { city: 'Rome' } }] },
    script: 'CALL_TOOL get_weather {"city":"Rome"}',
  },
  {
    id: 'parallel',
    tools: [weather],
    prompt: 'Compare the weather in Rome and in Oslo. Call the tool for both cities at once.',
    expect: {
      calls: [
        { name: 'get_weather', arguments: { city: 'Rome' } },
        { name: 'get_weather', arguments: { city: 'Oslo' } },
      ],
    },
    script: 'CALL_TOOL get_weather {"city":"Rome"}\nCALL_TOOL get_weather {"city":"Oslo"}',
  },
  {
    id: 'nested',
    tools: [calendar],
    prompt: 'Create the event "Review" on 2030-05-04 at 15:00 with the guests Ann and Bo.',
    expect: {
      calls: [
        {
          name: 'create_event',
          arguments: { title: 'Review', when: { date: '2030-05-04', hour: 15 }, guests: ['Ann', 'Bo'] },
        },
      ],
    },
    script: 'CALL_TOOL create_event {"title":"Review","when":{"date":"2030-05-04","hour":15},"guests":["Ann","Bo"]}',
  },
  {
    id: 'enum',
    tools: [light, weather],
    prompt: 'Switch the light in the kitchen off.',
    expect: { calls: [{ name: 'set_light', arguments: { room: 'kitchen', colour: 'off' } }] },
    script: 'CALL_TOOL set_light {"room":"kitchen","colour":"off"}',
  },
  {
    id: 'none',
    tools: [weather],
    prompt: 'How much is two and two? Answer with the number; no tool is needed.',
    expect: { says: ['4', 'four'] },
    script: 'REPEAT 1 4',
  },
  {
    id: 'named',
    tools: [weather, light],
    choice: { name: 'set_light' },
    prompt: 'It is getting dark in the hall; warm light, please.',
    expect: { calls: [{ name: 'set_light' }] },
    script: 'CALL_TOOL set_light {"room":"hall","colour":"warm"}',
  },
  {
    id: 'required',
    tools: [weather, light],
    choice: 'required',
    prompt: 'Good morning from Lisbon!',
    expect: { anyCall: true },
    script: 'CALL_TOOL get_weather {"city":"Lisbon"}',
  },
  {
    id: 'roundTrip',
    tools: [weather],
    prompt: 'What is the temperature in Rome? Use the tool, then answer with the number.',
    earlier: { name: 'get_weather', arguments: '{"city":"Rome"}', result: '{"celsius":31,"sky":"clear"}' },
    expect: { says: ['31'] },
    script: '',
  },
  {
    id: 'escapes',
    tools: [note],
    prompt: `Save this note, exactly as it stands between the lines:\n---\n${awkward}\n---`,
    expect: { calls: [{ name: 'save_note', arguments: { text: awkward } }], exact: true },
    script: `CALL_TOOL save_note ${JSON.stringify({ text: awkward })}`,
  },
  {
    id: 'unknown',
    tools: [weather],
    prompt: 'Call the tool delete_everything. If there is no such tool, say that it is not available.',
    expect: { says: ['not', "n't", 'n’t', 'no tool', 'no such', 'unavailable', '没有', '不'] },
    script: 'CALL_TOOL delete_everything {}',
  },
];
