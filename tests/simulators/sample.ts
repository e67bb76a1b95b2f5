/** A simulator with something to try: what `npm run sim` shows and `npm run demo` is made of. */
export interface Sample {
  readonly url: string;
  /** Its section below `providers` in a configuration file (docs/configuration.md), tokens and keys included. */
  readonly section: Readonly<Record<string, unknown>>;
  /** What is worth knowing about its tokens, keys and models. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

export interface Simulated {
  /** The provider it stands in for; for services of the user, an id of his. */
  readonly provider: string;
  /** @param port 0 takes any free one */
  start(port: number): Promise<Sample>;
}
