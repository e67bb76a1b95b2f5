import type { Exchange } from '../../../shared/exchange.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { CanaryKind, Finding, RadarState } from '../../../shared/radar.ts';
import { ChatError } from '../chat/errors.ts';
import type { Source } from '../exchange/answer.ts';
import { nearName } from '../near-name.ts';
import type { ProviderContext } from '../providers/provider.ts';
import { sendCanary } from './canary.ts';
import { diagnose, diagnoseRest } from './diagnose.ts';
import { Findings } from './findings.ts';
import { isInUse, kindsOf } from './kinds.ts';
import { pickModel } from './pick-model.ts';
import { Schedule } from './schedule.ts';

export interface RadarOptions {
  /** Those that are switched on. */
  readonly sources: () => readonly Source[];
  readonly memory: ProviderContext['memory'];
  readonly everyHours: () => number;
  readonly running: () => boolean;
  /** Writes an exchange to Logs. */
  readonly exchangeChanged: (record: Exchange) => void;
  readonly requests: Map<string, AbortController>;
  readonly refreshModels: (source: Source, signal: AbortSignal) => Promise<void>;
  /** Tells every window what is known now. */
  readonly changed: (state: RadarState) => void;
  readonly log: ProviderContext['log'];
}

const refreshTimeoutMs = 15_000;

/**
 * Asks providers whether they still answer, with each kind of credential, and says what is broken when they do not. One run
 * of a provider at a time: who asks during it gets its findings.
 */
export class Radar {
  readonly #options: RadarOptions;
  readonly #findings: Findings;
  readonly #schedule: Schedule;
  readonly #runs = new Map<ProviderId, Promise<readonly Finding[]>>();
  #life = new AbortController();

  constructor(options: RadarOptions) {
    this.#options = options;
    this.#findings = new Findings(options.memory);
    this.#schedule = new Schedule({
      everyHours: options.everyHours,
      lastAt: () => this.#findings.list().reduce<number | null>((last, { at }) => Math.max(last ?? 0, at), null),
      run: () => this.run(null),
      clock: Date.now,
      random: Math.random,
    });
  }

  state(): RadarState {
    const kinds = new Map(this.#options.sources().map((source) => [source.provider.id, kindsOf(source)]));
    return {
      everyHours: this.#options.everyHours(),
      running: [...this.#runs.keys()],
      findings: this.#findings.list().filter(({ provider, kind }) => kinds.get(provider)?.includes(kind)),
    };
  }

  /** The gateway runs, or the schedule has changed. */
  arm(): void {
    if (this.#options.running()) this.#schedule.arm();
    this.#tell();
  }

  /** Ends what runs, without a finding. */
  stop(): void {
    this.#schedule.disarm();
    this.#life.abort(new ChatError('shutting_down', 'Traygate is stopping.'));
    this.#life = new AbortController();
  }

  /** Checks one provider, or all that are switched on. */
  async run(provider: ProviderId | null): Promise<readonly Finding[]> {
    const wanted = this.#options.sources().filter((source) => provider === null || source.provider.id === provider);
    return (await Promise.all(wanted.map((source) => this.#runOne(source)))).flat();
  }

  #runOne(source: Source): Promise<readonly Finding[]> {
    const { id } = source.provider;
    const known = this.#runs.get(id);
    if (known) return known;
    const run = this.#check(source, this.#life.signal).finally(() => {
      this.#runs.delete(id);
      this.#tell();
    });
    this.#runs.set(id, run);
    this.#tell();
    return run;
  }

  async #check(source: Source, signal: AbortSignal): Promise<readonly Finding[]> {
    const found: Finding[] = [];
    for (const kind of kindsOf(source)) {
      const finding = await this.#ask(source, kind, signal);
      // Cancelled: nothing was learnt, and what was known before stays.
      if (!finding || signal.aborted) break;
      const { broken, code, model } = finding;
      this.#options.log.info({ provider: finding.provider, kind, broken, code, model }, 'radar');
      this.#findings.keep(finding);
      found.push(finding);
    }
    return found;
  }

  async #ask(source: Source, kind: CanaryKind, signal: AbortSignal): Promise<Finding | null> {
    const { provider, pool } = source;
    const blank: Finding = {
      provider: provider.id, kind, at: Date.now(), broken: null, firstTokenMs: null, model: null, near: null,
      credential: null, until: null, code: null, message: null, exchangeId: null,
    }; // prettier-ignore
    if (pool && kind !== 'guest' && pool.outlook().usable === 0) {
      const reason = pool.tokens().find((token) => isInUse(token) && token.health.reason)?.health.reason;
      const { code = 'no_token_available', message = null } = reason ?? {};
      return { ...blank, broken: diagnoseRest(reason?.code), until: pool.outlook().until, code, message };
    }
    if (provider.models().length === 0) await this.#refresh(source, signal);
    const model = pickModel(provider.models());
    if (!model) return { ...blank, broken: 'model-renamed', code: 'model_not_found' };
    const { exchangeChanged: changed, requests: running } = this.#options;
    const exchange = await sendCanary(source, model, kind, { changed, running, signal });
    if (exchange.outcome === 'cancelled') return null;
    const seen = { ...blank, at: Date.now(), ...whatOf(exchange), model: model.id };
    if (!exchange.failure) return seen;
    const broken = diagnose(exchange.failure, kind);
    const near = broken === 'model-renamed' ? await this.#nearest(source, model.id, signal) : null;
    return { ...seen, broken, near };
  }

  /** What the provider may call a model now that it no longer knows by this name. */
  async #nearest(source: Source, gone: string, signal: AbortSignal): Promise<string | null> {
    await this.#refresh(source, signal);
    const names = source.provider.models().flatMap(({ id, test }) => (test || id === gone ? [] : [id]));
    return nearName(gone, names) ?? null;
  }

  async #refresh(source: Source, signal: AbortSignal): Promise<void> {
    await this.#options.refreshModels(source, AbortSignal.any([signal, AbortSignal.timeout(refreshTimeoutMs)]));
  }

  #tell(): void {
    this.#options.changed(this.state());
  }
}

/** What the record of a canary says, without its diagnosis. */
function whatOf(exchange: Exchange): Pick<Finding, 'firstTokenMs' | 'credential' | 'code' | 'message' | 'exchangeId'> {
  const { failure, firstToken, attempts, id } = exchange;
  return {
    firstTokenMs: failure ? null : firstToken,
    credential: attempts.at(-1)?.credential ?? null,
    code: failure?.code ?? null,
    message: failure?.message ?? null,
    exchangeId: id,
  };
}
