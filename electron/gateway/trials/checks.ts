import type { ModelInfo } from '../../../shared/model.ts';
import { redSquare } from '../../../shared/sample-image.ts';
import type { CheckName } from '../../../shared/test-runs.ts';
import { type TrialWish, trialBody } from '../../../shared/trial-body.ts';
import { examCases } from '../../../shared/exam-cases.ts';

type Ask = Omit<TrialWish, 'dialect' | 'model' | 'stream'> & { readonly stream?: boolean };

const [weather] = examCases.flatMap(({ tools }) => tools);

const asks: Readonly<Record<CheckName, Ask>> = {
  plain: { text: 'Answer with the word: pong', thinking: false },
  stream: { text: 'Answer with the word: pong', thinking: false, stream: true },
  thinking: { text: 'What is 17 times 23? Think, then answer with the number.', thinking: true, stream: true },
  tools: { text: 'What is the weather in Rome? Use the tool.', tools: weather ? [weather] : [], stream: true },
  json: { text: 'Answer with a JSON object that has one field, "city", with the value "Rome".', json: true },
  vision: { text: 'Which colour is this square? Answer with one word.', image: redSquare },
};

/** Directives for `local/script`, which does only what it is told. */
const scripts: Partial<Record<CheckName, string>> = {
  thinking: 'THINK Seventeen times twenty-three.\nREPEAT 1 391',
  tools: 'CALL_TOOL get_weather {"city":"Rome"}',
};

const isScript = ({ id }: ModelInfo): boolean => id === 'local/script';

/** What one check asks of a model. */
export function checkBody(check: CheckName, model: ModelInfo): Record<string, unknown> {
  const ask = asks[check];
  const script = isScript(model) ? scripts[check] : undefined;
  const text = script === undefined ? ask.text : `${ask.text}\n${script}`;
  // Nobody is asked not to think who does not claim to think.
  const thinking = model.capabilities.thinking ? (ask.thinking ?? null) : null;
  return trialBody({ stream: false, ...ask, thinking, text, dialect: 'openai-chat', model: model.id });
}

/** What one question of the exam asks of a model. */
export function examBody(question: (typeof examCases)[number], model: ModelInfo): Record<string, unknown> {
  const { tools, choice = 'auto', prompt, earlier, script } = question;
  return trialBody({
    dialect: 'openai-chat',
    model: model.id,
    text: isScript(model) && script !== '' ? `${prompt}\n${script}` : prompt,
    stream: true,
    tools,
    choice,
    ...(earlier && { earlier }),
  });
}
