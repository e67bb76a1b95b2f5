import type { Lab } from './lab.ts';

/** What every client is asked to do. `broken` is an answer that ends in the middle. */
export const scenarios = ['plain', 'stream', 'tools', 'thinking', 'error', 'broken', 'abort'] as const;
export type Scenario = (typeof scenarios)[number];

export interface Result {
  readonly scenario: Scenario;
  readonly ok: boolean;
  /** Why it failed, or what is odd about it although it passes. */
  readonly note: string;
}

/** npm packages that are installed together: name → exact version. The first one gives the bundle its version. */
export type Bundle = Readonly<Record<string, string>>;

/** What a scenario does; throws when something is not as it must be. Gives a known oddity of the client, if one was seen. */
export type Play = (lab: Lab) => Promise<string | void>;

/** One client at the versions that are pinned here, and how it is driven. */
export interface Client {
  readonly id: string;
  readonly title: string;
  /** The first one is the client itself. */
  readonly bundles: readonly [Bundle, ...Bundle[]];
  /** Its scenarios, or what plays all of them at once. One that is missing is not offered by the client. */
  readonly play: Partial<Record<Scenario, Play>> | ((lab: Lab) => Promise<readonly Result[]>);
}
