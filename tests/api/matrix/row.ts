import type { Speech } from '../dialects.ts';

/** What an upstream is told to do with the next requests. */
export type Part =
  | { readonly text: string; readonly call?: { readonly name: string; readonly arguments: object } | undefined }
  | 'quota'
  | 'rate'
  | 'dead'
  | 'outage'
  | 'cut';

/** A simulated service as all rows of the table know it. */
export interface Upstream {
  /** What leads the product to it: variables, or the service's entry in the configuration file. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly service?: Readonly<Record<string, unknown>>;
  /** A credential that is good. */
  secret(): string;
  play(part: Part): void;
  /** Bodies of the requests for an answer that have come, oldest first. */
  bodies(): readonly unknown[];
  /** Whether this image has come. */
  saw(image: string): boolean;
  close(): Promise<void>;
}

/** One provider: what it can, and who plays it. */
export interface Row {
  readonly id: string;
  readonly model: string;
  readonly tools: 'native' | 'injected';
  /** Null where there is none. `unasked`: the name of the model says it. */
  readonly search: { readonly model: string; readonly unasked?: boolean; readonly text: string } | null;
  readonly vision: string | null;
  /** The dialects whose answers are the upstream's own bytes. */
  readonly handsOn: readonly Speech['name'][];
  readonly start: () => Promise<Upstream>;
}

/** What every model thinks when it thinks. */
export const thought = 'The user wrote something. I repeat it.';
/** What every model says: no text is easier to lose a character of. */
export const said = 'Two gates, 两扇门 🚪🚪 ("open" & <shut>).\n\n- one\n- `two` \\ three';

/** A call as a model writes it that was told of tools in words. */
export function inWords(part: Exclude<Part, string>): string {
  if (!part.call) return part.text;
  return `${part.text}\n<tool_calls>\n${JSON.stringify({ tool_calls: [part.call] })}\n</tool_calls>`;
}
