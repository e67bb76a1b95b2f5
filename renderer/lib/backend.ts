import type { Answer, CallFailure, CallName, Input, Output, RefusalReason } from '../../shared/contract.ts';
import { session } from './session.ts';
import { trusted } from './trusted.ts';
import { wire } from './wire.ts';

export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: CallFailure['code'] | 'unreachable';
  /** What was refused, where the window has words of its own for it. */
  readonly reason: RefusalReason | undefined;

  constructor(code: CallError['code'], message: string, options: ErrorOptions & { reason?: RefusalReason } = {}) {
    super(message, options);
    this.code = code;
    this.reason = options.reason;
  }
}

/** Asks the gateway. Throws CallError when it refuses or cannot be reached. */
export async function call<N extends CallName>(
  name: N,
  ...[input]: Input<N> extends null ? [] : [Input<N>]
): Promise<Output<N>> {
  let answer: Answer<unknown>;
  try {
    answer = await wire.call(name, input ?? null);
  } catch (error) {
    throw new CallError('unreachable', 'The gateway does not answer.', { cause: error });
  }
  if (answer.ok) return trusted<Output<N>>(answer.value);
  if (answer.error.code === 'signed_out') session.set('out');
  const { code, message, reason } = answer.error;
  throw new CallError(code, message, reason && { reason });
}
