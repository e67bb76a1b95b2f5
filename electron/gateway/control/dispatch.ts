import type { Logger } from 'pino';
import {
  type Answer,
  type CallFailure,
  type CallName,
  calls,
  type Output,
  type Parsed,
  type RefusalReason,
  refusalReasons,
} from '../../../shared/contract.ts';
import { ChatError } from '../chat/errors.ts';
import { SettingRefused } from '../settings/settings.ts';
import { type Dispatch, StartError } from '../shell.ts';
import { isDiskFull } from '../storage/database.ts';
import { HandedOut } from './handed-out.ts';

export type Handlers = { [N in CallName]: (input: Parsed<N>) => Output<N> | Promise<Output<N>> };

/** Thrown by a handler to tell the user something; anything unknown is a fault of ours and only logged. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason | undefined;

  constructor(message: string, reason?: RefusalReason) {
    super(message);
    this.reason = reason;
  }
}

const failure = (code: CallFailure['code'], message: string, reason?: RefusalReason): Answer<never> => ({
  ok: false,
  error: { code, message, ...(reason && { reason }) },
});
/** Errors of the other folders may carry one too. */
const reasonOf = (error: Error): RefusalReason | undefined =>
  refusalReasons.find((known) => known === ('reason' in error ? error.reason : 'code' in error && error.code));
const isCall = (name: string): name is CallName => Object.hasOwn(calls, name);

/** The single door to the gateway's controls: both transports hand over a name and an unchecked input. */
export function createDispatch(handlers: Handlers, log: Logger): Dispatch {
  const handedOut = new HandedOut(log);
  return async (name, input) => {
    if (!isCall(name)) return failure('unknown_call', `There is no call named ${name.slice(0, 60)}.`);
    const checked = calls[name].input.safeParse(input);
    if (!checked.success)
      return failure(
        'invalid_input',
        checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
      );
    if (!handedOut.may(name, checked.data))
      return failure('refused', 'Secrets are handed out a few times a minute only. Wait a minute.', 'too_often');
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table pairs each handler with its own input, which TypeScript cannot follow through a name known at run time
      const handler = handlers[name] as (input: unknown) => unknown;
      return { ok: true, value: await handler(checked.data) };
    } catch (error) {
      const told =
        error instanceof Refusal ||
        error instanceof SettingRefused ||
        error instanceof StartError ||
        error instanceof ChatError;
      if (told && !(error instanceof ChatError && error.code === 'internal_error'))
        return failure('refused', error.message, reasonOf(error));
      log.error({ err: error, call: name }, 'call failed');
      if (isDiskFull(error))
        return failure('refused', 'The disk is full, so nothing was changed. Make room and try again.', 'disk_full');
      return failure('failed', 'Something went wrong in Traygate; the log has the details.');
    }
  };
}
