import type { RequestHandler, Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import type { ModelInfo } from '../../../shared/model.ts';
import { ChatError, toChatError } from '../chat/errors.ts';
import { createThinkingPolicy, liftReasoning, type ThinkingMode } from '../chat/thinking.ts';
import type { ChatEvent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import { planRequest } from '../chat/plan.ts';
import type { Plan } from '../chat/reshape.ts';
import type { ToolMode } from '../chat/tools/plan.ts';
import type { Decoded, Dialect, StreamEncoder } from '../dialects/dialect.ts';
import { passingOn, passingOnWhole } from '../dialects/shared/verbatim.ts';
import { answer, type Route, type Routes } from '../exchange/answer.ts';
import type { Captures } from '../exchange/capture/captures.ts';
import { ExchangeRecorder } from '../exchange/recorder.ts';
import { conversationKey } from '../pool/conversation.ts';
import type { Pour } from '../providers/provider.ts';
import type { Exchange } from '../../../shared/exchange.ts';
import type { Found } from '../router.ts';
import type { Mark } from '../trials/tickets.ts';
import { usable } from '../keys/allowed-models.ts';
import { holderOf } from './client-auth.ts';
import { clientName } from './client-name.ts';
import { sendError, statusFor } from './errors.ts';
import { hopsOf } from './hops.ts';
import { limitAnswer } from './longest.ts';
import { pump } from './stream.ts';
import { thinkingHeader } from './thinking-header.ts';

export interface ChatOptions {
  readonly log: Logger;
  /** What this gateway is called among others (hops.ts). */
  readonly instance: string;
  /** The models and their sources that may answer, in order, by the client's name for it. Throws ChatError `model_not_found` or `provider_disabled`. */
  readonly resolve: (name: string) => readonly [Found, ...Found[]];
  readonly changed: (record: Exchange) => void;
  /** Keeps what is asked and answered, as far as that is wanted. */
  readonly captures?: Captures;
  /** Requests that can be cancelled from outside: by id, while they run. */
  readonly running: Map<string, AbortController>;
  /** How this model's reasoning reaches clients that do not choose. */
  readonly thinking: (model: ModelInfo) => ThinkingMode;
  readonly tools: () => boolean;
  /** How tools reach this model. */
  readonly toolMode: (model: ModelInfo) => ToolMode;
  readonly scanLimit: () => number;
  /** Attempts of one request, at the most. */
  readonly attempts?: () => number;
  /** How long an answer may take; 0: as long as it does. */
  readonly longestMs: () => number;
  /** What the gateway has marked of its own requests (trials/). */
  readonly mark?: (headers: IncomingHttpHeaders) => Mark | undefined;
}

/** One POST of a dialect, from its decoded body to the last byte. */
export function chatHandler(dialect: Dialect, options: ChatOptions): RequestHandler {
  return async (request, response) => {
    const mark = options.mark?.(request.headers);
    const decoded = dialect.decode(request.body, keyName(response));
    const wish = thinkingHeader(request.headers) ?? decoded.thinking;
    const id = String(response.getHeader('x-request-id'));
    const recorder = new ExchangeRecorder(
      {
        id,
        dialect: dialect.id,
        clientKey: keyName(response),
        client: clientName(request.headers),
        model: decoded.request.model,
        stream: decoded.stream,
        purpose: mark?.purpose ?? null,
        replayOf: mark?.replayOf ?? null,
      },
      options.changed,
    );
    mark?.took(id);
    const { method, originalUrl: path, headers, body } = request;
    const capture = options.captures?.begin(id, { method, path, headers, body });
    let told = false;
    /** What the decoder left out; a body that is handed on as it is has all of it. */
    const tellLeftOut = (forwarded: boolean) => {
      if (!told && !forwarded) for (const warning of decoded.warnings) recorder.warn(warning);
      told = true;
    };
    const controller = new AbortController();
    options.running.set(id, controller);
    const inTime = limitAnswer(controller, options.longestMs());
    // Not the request's `close`: that fires as soon as its body has been read.
    const left = () => {
      if (!response.writableFinished)
        controller.abort(new ChatError('client_closed', 'The client closed the connection.'));
    };
    // A client may be gone before its body has been unpacked; the event is then over.
    if (response.destroyed) left();
    else response.on('close', left);
    try {
      const via = hopsOf(request.headers, options.instance);
      const [first, ...further] = only(
        mark?.provider ?? null,
        usable(holderOf(response), decoded.request.model, options.resolve(decoded.request.model)),
      );
      recorder.resolved(first.model);
      const thinking = wish ?? options.thinking(first.model);
      const asked = liftReasoning(permitted(decoded.request, options.tools(), recorder), thinking);
      const route = ({ model, source }: Found): Route => ({
        model,
        source,
        prepare() {
          const plan = planRequest(asked, {
            model,
            mode: mark?.toolMode ?? options.toolMode(model),
            limit: options.scanLimit(),
            warn: (notice) => recorder.warn(notice),
          });
          const original = isUntouched(decoded.request, plan, thinking)
            ? { dialect: dialect.id, body: request.body, headers: pick(request.headers, dialect.headers ?? []) }
            : undefined;
          return { ...plan, original };
        },
      });
      const routes: Routes = [route(first), ...further.map(route)];
      const delivery = decoded.stream ? 'stream' : 'whole';
      let key: string | undefined;
      const conversation = () => (key ??= conversationKey(keyName(response), decoded.request));
      const failure = await send(
        (take) =>
          answer(
            routes,
            {
              delivery,
              signal: controller.signal,
              recorder,
              via,
              attempts: options.attempts?.(),
              conversation,
              lease: mark?.lease,
            },
            (batch) => {
              mark?.saw(batch);
              capture?.events(batch);
              if (!told) tellLeftOut(batch.some(({ type }) => type === 'verbatim'));
              return take(batch);
            },
          ),
        decoded,
        response,
        thinking,
        controller.signal,
        id,
      );
      if (failure?.code === 'internal_error') options.log.error({ err: failure.cause, id }, 'answer failed');
      if (failure) close(recorder, failure, 200);
      else recorder.close('ok', 200);
    } catch (thrown) {
      const error = toChatError(thrown);
      tellLeftOut(false);
      close(recorder, error, statusFor(dialect, error));
      if (error.code === 'internal_error') throw thrown;
      if (error.code !== 'client_closed' || !response.destroyed) sendError(response, dialect, error);
    } finally {
      inTime();
      options.captures?.finished(recorder.record, response.getHeaders());
      whenDelivered(response, controller.signal, () => options.running.delete(id));
    }
  };
}

async function send(
  pour: Pour,
  decoded: Decoded,
  response: Response,
  thinking: ThinkingMode,
  signal: AbortSignal,
  id: string,
): Promise<ChatError | null> {
  const head = { id: id.replace(/^req_/, ''), model: decoded.request.model, created: Math.floor(Date.now() / 1000) };
  const policy = createThinkingPolicy(thinking);
  if (decoded.stream) {
    const encoder = passingOn(policed(decoded.encoder(head), policy));
    return pump(pour, { response, encoder, signal });
  }
  const collector = passingOnWhole(decoded.collector(head));
  await pour((batch) => {
    collector.push(policy(batch));
    return undefined;
  });
  response.json(collector.reply());
  return null;
}

function policed(
  encoder: StreamEncoder,
  policy: (events: readonly ChatEvent[]) => readonly ChatEvent[],
): StreamEncoder {
  return {
    push: (events) => encoder.push(policy(events)),
    fail: (error) => encoder.fail(error),
    keepAlive: () => encoder.keepAlive(),
  };
}

/** Whether a provider of the same dialect may get the client's own body: nothing is added to it, and nothing done to its answer. */
function isUntouched(request: ChatRequest, plan: Plan, thinking: ThinkingMode): boolean {
  return plan.request === request && !plan.reshape && thinking === 'separate';
}

function pick(headers: IncomingHttpHeaders, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : [])));
}

/** A test may ask for one provider. Throws ChatError where that one does not offer the model. */
function only(provider: string | null, found: readonly [Found, ...Found[]]): readonly [Found, ...Found[]] {
  if (provider === null) return found;
  const [first, ...more] = found.filter(({ source }) => source.provider.id === provider);
  if (first) return [first, ...more];
  throw new ChatError('model_not_found', `${found[0].model.id} is not offered by ${provider}.`, { param: 'model' });
}

/** TOOL_SUPPORT off: the definitions are left out, visibly. */
function permitted(request: ChatRequest, tools: boolean, recorder: ExchangeRecorder): ChatRequest {
  if (tools || request.tools.length === 0) return request;
  recorder.warn({ code: 'tools_switched_off' });
  return { ...request, tools: [], toolChoice: { type: 'none' } };
}

function close(recorder: ExchangeRecorder, error: ChatError, status: number): void {
  if (error.code === 'client_closed') recorder.close('cancelled', 499, error);
  else recorder.close('failed', status, error);
}

/** A stop waits for the last bytes as well: a slow client would get half an answer. Cancelled, they are given up. */
function whenDelivered(response: Response, signal: AbortSignal, done: () => void): void {
  if (response.destroyed || response.writableFinished) {
    done();
    return;
  }
  response.once('close', done);
  signal.addEventListener('abort', () => response.destroy());
}

/** Put there by the key check. */
function keyName(response: Response): string | null {
  const name: unknown = response.locals['clientKey'];
  return typeof name === 'string' ? name : null;
}
