import type { Captured, CapturedCall, CapturedEvent } from '../../../../shared/capture.ts';
import type { ChatEvent } from '../../chat/events.ts';
import { type Secret, secretsIn, withoutSecrets } from '../redact.ts';
import type { Capture } from './capture.ts';
import { Redaction } from './redaction.ts';

/** Text that came in pieces: what it says as a whole, and what each piece of it says without secrets. */
class Joined {
  whole = '';
  #clean: string | null = null;
  #secrets: readonly Secret[] = [];
  #reached = 0;

  add(text: string): void {
    this.whole += text;
  }

  /** The whole without secrets; one that came in several pieces is found as well. */
  clean(redaction: Redaction, room: number, json = false): string {
    if (this.#clean !== null) return this.#clean;
    this.whole = this.whole.slice(0, room);
    this.#secrets = secretsIn(this.whole);
    const clean = json ? redaction.jsonText(this.whole) : redaction.without(this.whole, this.#secrets);
    // Fields named like secrets say nothing about places in the text: none of it is shown in pieces then.
    if (json && clean !== withoutSecrets(this.whole, this.#secrets))
      this.#secrets = [{ from: 0, to: this.whole.length, mark: clean }];
    this.#clean = clean;
    return clean;
  }

  /** The next piece; `clean` comes before the first. */
  piece(text: string): string {
    const offset = this.#reached;
    this.#reached += text.length;
    if (this.#secrets.length === 0 && this.#reached <= this.whole.length) return text;
    return withoutSecrets(text.slice(0, Math.max(0, this.whole.length - offset)), this.#secrets, offset);
  }
}

class Answer {
  readonly text = new Joined();
  readonly reasoning = new Joined();
  readonly calls = new Map<number, { id: string; name: string; arguments: Joined }>();

  add(event: ChatEvent): void {
    if (event.type === 'text' || event.type === 'reasoning') this[event.type].add(event.text);
    else if (event.type === 'tool-call-start')
      this.calls.set(event.index, { id: event.id, name: event.name, arguments: new Joined() });
    else if (event.type === 'tool-call-delta') this.calls.get(event.index)?.arguments.add(event.arguments);
  }

  /** What a line of the list of events says. */
  words(event: ChatEvent): string {
    switch (event.type) {
      case 'text':
      case 'reasoning':
        return this[event.type].piece(event.text);
      case 'tool-call-start':
        return event.name;
      case 'tool-call-delta':
        return this.calls.get(event.index)?.arguments.piece(event.arguments) ?? '';
      case 'citation':
        return event.url;
      case 'usage':
        return JSON.stringify(event.usage);
      case 'finish':
        return event.reason;
      default:
        return '';
    }
  }
}

/** Makes of what was held while it was answered what may be kept and shown: without secrets, and not too long. */
export function condense(capture: Capture, room: number, rules: readonly string[]): Captured {
  const redaction = new Redaction(rules);
  const { request, batches } = capture;
  const answer = new Answer();
  for (const { events } of batches) for (const event of events) answer.add(event);
  const body = redaction.json(request.body, room);
  const calls: CapturedCall[] = [...answer.calls.values()].map((call) => ({
    id: call.id,
    name: call.name,
    arguments: call.arguments.clean(redaction, room, true),
  }));
  const text = answer.text.clean(redaction, room);
  const reasoning = answer.reasoning.clean(redaction, room);
  const events: CapturedEvent[] = batches.flatMap(({ at, events: batch }) =>
    batch.map((event) => ({ at: Math.round(at * 10) / 10, type: event.type, text: answer.words(event) })),
  );
  return {
    method: request.method,
    path: redaction.text(request.path),
    request: {
      headers: redaction.headers(request.headers),
      body: JSON.stringify(body.value) ?? '',
      size: capture.size,
      cut: body.cut,
    },
    response: {
      headers: redaction.headers(capture.responseHeaders),
      text,
      reasoning,
      calls,
      cut: capture.cut,
    },
    events,
    eventsLeftOut: capture.eventsLeftOut,
    redacted: redaction.taken,
  };
}
