import { randomUUID } from 'node:crypto';
import { type ChatRequest, lastUserText, type Message, textOf, type Tool } from '../../chat/request.ts';
import type { ProviderCall } from '../provider.ts';
import { type Answer, type Batches, speak } from './answer.ts';
import { limits, readDirectives, type Step } from './directives.ts';
import { broken, failure } from './failures.ts';
import { rest, turn } from './pace.ts';
import { sampleJson } from './sample.ts';

const help =
  'local/script does what the last user message says: CALL_TOOL name {json}, THINK text, RECALL, REPEAT n text, WAIT ms, ERROR status, CUT n. ' +
  'There was none of these in it.';
const filler = 'This text is only here to be cut off. ';

/** What tools have answered since the model last spoke, or undefined when they have not. */
function toolResults(messages: readonly Message[]): string | undefined {
  const spoken = messages.findLastIndex((message) => message.role === 'assistant');
  const results = messages
    .slice(spoken + 1)
    .flatMap((message) => message.content.filter((part) => part.type === 'tool-result'));
  if (results.length === 0) return undefined;
  return results.map((result) => textOf(result.content)).join('\n') || 'The tool returned no text.';
}

/** What the model thought in its earlier answers, as far as it came back with the request. */
function earlierThinking(messages: readonly Message[]): string {
  const thoughts = messages.flatMap(({ content }) =>
    content.flatMap((part) => (part.type === 'reasoning' ? [part.text] : [])),
  );
  return thoughts.join('\n') || 'No earlier thinking came with this request.';
}

/** JSON for the wanted format, or undefined when plain text is wanted. */
function wantedJson({ request, trace }: ProviderCall): string | undefined {
  const format = request.responseFormat;
  if (format.type === 'text') return undefined;
  if (format.type === 'json-object') return JSON.stringify({ answer: 'This is a JSON object.' });
  const sample = sampleJson(format.schema);
  if (sample === undefined) trace.warn({ code: 'schema_without_sample' });
  return JSON.stringify(sample ?? {});
}

/** The tool a client insists on, to be called with made-up arguments. */
function forcedTool({ tools, toolChoice }: ChatRequest): Tool | undefined {
  if (toolChoice.type === 'required') return tools[0];
  return toolChoice.type === 'tool' ? tools.find((tool) => tool.name === toolChoice.name) : undefined;
}

/** Plays the steps of one script. */
class Player {
  readonly #call: ProviderCall;
  /** Characters of text after which the answer breaks off. */
  readonly #cutAfter: number;
  #sent = 0;
  #calls = 0;
  #waitLeft: number = limits.waitMs;
  #charactersLeft: number = limits.characters;

  constructor(call: ProviderCall, steps: readonly Step[]) {
    this.#call = call;
    this.#cutAfter = Math.min(...steps.map((step) => (step.type === 'cut' ? step.after : Number.POSITIVE_INFINITY)));
  }

  get silent(): boolean {
    return this.#sent === 0 && this.#calls === 0;
  }

  async *play(step: Step): Batches {
    const { signal } = this.#call;
    switch (step.type) {
      case 'call':
        return yield* this.#tool(step.name, step.arguments);
      case 'think':
        return yield* speak(step.text, 16, signal, 'reasoning');
      case 'recall':
        return yield* this.say(earlierThinking(this.#call.request.messages));
      case 'text':
        return yield* this.#repeat(step.text, step.times);
      case 'wait': {
        const ms = Math.min(step.ms, this.#waitLeft);
        this.#waitLeft -= ms;
        return await rest(ms, signal);
      }
      case 'error':
        throw failure(step.status);
      case 'cut':
        if (this.#sent >= this.#cutAfter) throw broken();
        return undefined;
    }
  }

  async *say(text: string): Batches {
    for await (const batch of speak(text, Math.max(48, Math.ceil(text.length / 200)), this.#call.signal)) {
      const [event] = batch;
      if (event?.type === 'text') yield* this.#send(event.text);
    }
  }

  /** Fills up to the cut and breaks off; does nothing in a script without CUT. */
  async *end(): Batches {
    if (this.#cutAfter === Number.POSITIVE_INFINITY) return;
    const missing = Math.min(this.#cutAfter - this.#sent, limits.characters);
    yield* this.say(filler.repeat(Math.ceil(missing / filler.length)));
    throw broken();
  }

  async *#send(text: string): Batches {
    const fitting = text.slice(0, this.#cutAfter - this.#sent);
    this.#sent += fitting.length;
    if (fitting !== '') yield [{ type: 'text', text: fitting }];
    if (this.#sent >= this.#cutAfter) throw broken();
  }

  /** `times` copies with a blank between them, one batch for each thousand characters or so. */
  async *#repeat(text: string, times: number): Batches {
    const copies = Math.min(times, Math.floor((this.#charactersLeft + 1) / (text.length + 1)));
    this.#charactersLeft -= copies * (text.length + 1);
    const perBatch = Math.max(1, Math.min(Math.ceil(copies / 8), Math.ceil(1_000 / (text.length + 1))));
    for (let done = 0; done < copies; done += perBatch) {
      const now = Math.min(perBatch, copies - done);
      yield* this.#send(Array.from({ length: now }, () => text).join(' ') + (done + now < copies ? ' ' : ''));
      await turn(this.#call.signal);
    }
  }

  async *#tool(name: string, args: string): Batches {
    const { request, signal, trace } = this.#call;
    if (!request.tools.some((tool) => tool.name === name))
      return yield* this.say(`The client offered no tool named ${name}. `);
    if (request.toolChoice.type === 'none')
      return yield* this.say(`The client allows no tool calls, so ${name} was not called. `);
    if (request.parallelToolCalls === false && this.#calls > 0)
      return trace.warn({ code: 'call_left_out', tool: name });
    const index = this.#calls;
    this.#calls += 1;
    yield [{ type: 'tool-call-start', index, id: `call_${randomUUID().replaceAll('-', '')}`, name }];
    const half = Math.ceil(args.length / 2);
    for (const piece of [args.slice(0, half), args.slice(half)]) {
      await turn(signal);
      if (piece !== '') yield [{ type: 'tool-call-delta', index, arguments: piece }];
    }
    yield [{ type: 'tool-call-end', index }];
    return undefined;
  }
}

/** Obeys the directives of the last user message; without any it says what fits the request best. */
export const script: Answer = async function* script(call) {
  const { request } = call;
  const results = toolResults(request.messages);
  // A directive that came before the tool ran has been obeyed already.
  const steps = results === undefined ? readDirectives(lastUserText(request.messages)) : [];
  const player = new Player(call, steps);
  for (const step of steps) yield* player.play(step);
  if (player.silent) {
    const forced = forcedTool(request);
    const json = wantedJson(call);
    if (json !== undefined) yield* player.say(json);
    else if (results !== undefined) yield* player.say(results);
    else if (forced)
      yield* player.play({
        type: 'call',
        name: forced.name,
        arguments: JSON.stringify(sampleJson(forced.parameters) ?? {}),
      });
    else if (steps.length === 0) yield* player.say(help);
    else if (!steps.some((step) => step.type === 'cut')) yield* player.say('Done.');
  }
  yield* player.end();
};
