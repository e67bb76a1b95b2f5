import express, { type RequestHandler } from 'express';
import { ChatError } from '../chat/errors.ts';
import { Admission, type Held } from './admission.ts';

const megabyte = 1024 * 1024;

const tooLarge = (limit: number): ChatError =>
  new ChatError('request_too_large', `The request body is larger than ${limit / megabyte} MB.`, {
    hint: 'Send less at once, or raise “Largest request” in Traygate › Settings (MAX_REQUEST_MB).',
  });

/** Errors of the parser by their `type` (body-parser's own words), in ours. */
function toBodyError(error: unknown, limit: number): ChatError {
  const type = error instanceof Error && 'type' in error ? error.type : '';
  switch (type) {
    case 'entity.too.large':
      return tooLarge(limit);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ChatError(
        'unsupported_media_type',
        'The body is compressed or encoded in a way that is not supported.',
      );
    case 'request.aborted':
      return new ChatError('client_closed', 'The client closed the connection.');
    default:
      // Not chained as a cause: the parser's error holds the body.
      return new ChatError('invalid_json', 'The request body is not valid JSON.');
  }
}

/** Of the whole process, whichever route reads it. */
const admission = new Admission();
const held = new WeakMap<object, Held>();

/** Reads a JSON body. Passes ChatError `unsupported_media_type`, `request_too_large`, `invalid_json` or `queue_full` on. */
export function readJson(limit: number): RequestHandler {
  const parse = express.json({
    limit,
    strict: false,
    type: () => true,
    // The parser takes an empty body for {}, and the client would hear that `model` is missing.
    verify: (_request, response, bytes) => {
      if (bytes.length === 0) throw new ChatError('invalid_json', 'The request has no body.');
      // Unpacked, and before it becomes text.
      held.get(response)?.resize(bytes.length);
    },
  });
  return (request, response, next) => {
    const type = request.headers['content-type'];
    if (type !== undefined && !/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type)) {
      throw new ChatError('unsupported_media_type', 'The body must be JSON.');
    }
    const length = Number(request.headers['content-length'] ?? Number.NaN);
    try {
      held.set(response, admission.enter(response, Number.isFinite(length) ? Math.min(length, limit) : null));
    } catch (error) {
      response.setHeader('connection', 'close');
      throw error;
    }
    if (request.headers.expect !== undefined) {
      // Whoever asks before sending hears of a body that is too large before it is sent.
      if (Number(request.headers['content-length'] ?? 0) > limit) {
        response.setHeader('connection', 'close');
        throw tooLarge(limit);
      }
      response.writeContinue();
    }
    parse(request, response, (error?: unknown) => {
      if (error === undefined) {
        if (request.body === undefined) next(new ChatError('invalid_json', 'The request has no body.'));
        else next();
        return;
      }
      const known = error instanceof ChatError ? error : toBodyError(error, limit);
      // The rest of a refused body is not read: the connection cannot be used again.
      if (known.code === 'request_too_large') response.setHeader('connection', 'close');
      next(known);
    });
  };
}

/** A JSON body of as many megabytes as are allowed when it comes; counted after decompression. */
export function readJsonWithin(megabytes: () => number): RequestHandler {
  let made: { readonly limit: number; readonly read: RequestHandler } | null = null;
  return (request, response, next) => {
    const limit = megabytes() * megabyte;
    if (made?.limit !== limit) made = { limit, read: readJson(limit) };
    return made.read(request, response, next);
  };
}
