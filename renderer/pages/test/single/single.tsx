import { FlaskConical, Send, Square, Terminal } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { copyAloud } from '../../../lib/copy-actions.ts';
import { useGateway } from '../../../lib/gateway-state.ts';
import { comboLabel } from '../../../lib/hotkeys.ts';
import { useReadyModel } from '../../../lib/offered.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { createStore, useStore } from '../../../lib/store.ts';
import { forgetTrial, isRunning, startTrial, stopTrials, useTrial } from '../../../lib/trials.ts';
import { AnswerView } from '../answer-view.tsx';
import { curlOf } from '../curl.ts';
import { LogLink, Stats, useRow } from '../stats.tsx';
import { useSendKeys } from '../use-send-keys.ts';
import { Controls } from './controls.tsx';
import { applyPreset, askOf, changeForm, presetNames, testForm } from './form.ts';
import { loadExchange } from './load-exchange.ts';

/** The last request of this page. */
const last = createStore<string | null>(null);

function Words({ fallback }: { readonly fallback: string }) {
  const { t } = useTranslation();
  const form = useStore(testForm);
  const broken = form.raw !== null && askOf(form, fallback) === null;
  return (
    <div>
      <textarea
        aria-label={t(form.raw === null ? 'test.text' : 'test.raw')}
        aria-invalid={broken}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        rows={form.raw === null ? 5 : 14}
        spellCheck={form.raw === null}
        placeholder={t('test.textHint')}
        value={form.raw ?? form.text}
        onChange={({ target: { value } }) => changeForm(form.raw === null ? { text: value } : { raw: value })}
        className={`block w-full resize-y rounded-card border border-control bg-bg px-3 py-2 text-base ${form.raw === null ? '' : 'code'}`}
      />
      {broken && (
        <p role="alert" className="mt-1 text-danger">
          {t('test.rawBroken')}
        </p>
      )}
    </div>
  );
}

/** One request, with everything that can be chosen, and its answer as it comes. */
export function Single({ from }: { readonly from: string | undefined }) {
  const { t } = useTranslation();
  const { baseUrl, keyRequired, status } = useGateway();
  const fallback = useReadyModel();
  const form = useStore(testForm);
  const id = useStore(last);
  const view = useTrial(id);
  const row = useRow(view?.exchangeId ?? null, view?.end != null);
  const busy = isRunning(id);
  const ask = askOf(form, fallback);
  const possible = ask !== null && status === 'running' && (form.raw !== null || form.text.trim() !== '');

  const load = useEffectEvent((wanted: string) => void loadExchange(wanted));
  useEffect(() => {
    if (from !== undefined) load(from);
  }, [from]);
  useEffect(() => {
    if (testForm.get().model === '' && fallback !== '') changeForm({ model: fallback });
  }, [fallback]);

  const send = () => {
    if (!possible || busy) return;
    forgetTrial(id);
    last.set(startTrial(ask));
  };
  const stop = () => {
    if (id !== null) stopTrials([id]);
  };
  useSendKeys(send, busy ? stop : null);

  const by = row?.attempts.at(-1)?.provider ?? row?.provider;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[240px_minmax(0,1fr)] xl:grid-cols-[272px_minmax(0,1fr)_240px]">
      <Controls form={form} fallback={fallback} />
      <div className="flex min-w-0 flex-col gap-3">
        {form.replayOf !== null && (
          <Banner tone="info" icon={FlaskConical}>
            {t('test.editing', { id: form.replayOf })}
          </Banner>
        )}
        <fieldset className="flex flex-wrap gap-1">
          <legend className="mb-1 text-xs text-muted">{t('test.presetsLabel')}</legend>
          {presetNames.map((name) => (
            <Button key={name} size="small" onClick={() => applyPreset(name)}>
              {t(`test.presets.${name}.name`)}
            </Button>
          ))}
        </fieldset>
        <Words fallback={fallback} />
        <div className="flex flex-wrap items-center gap-2">
          {busy ? (
            <Button intent="danger" onClick={stop} aria-keyshortcuts="Escape">
              <Square aria-hidden size={13} />
              {t('test.stop')}
            </Button>
          ) : (
            <Button intent="primary" disabled={!possible} onClick={send}>
              <Send aria-hidden size={14} />
              {t('test.send')}
            </Button>
          )}
          <span className="text-xs text-muted">{busy ? 'Esc' : comboLabel('Enter')}</span>
          <Button
            intent="ghost"
            className="ml-auto"
            disabled={ask === null}
            onClick={() => {
              if (ask) void copyAloud(curlOf(baseUrl, form.dialect, ask.body, keyRequired), t('test.curlDone'));
            }}
          >
            <Terminal aria-hidden size={14} />
            {t('test.curl')}
          </Button>
        </div>
        <section
          aria-label={t('test.answer')}
          aria-busy={busy}
          data-testid="answer"
          className="min-h-40 rounded-card border border-line p-4"
        >
          {view === null ? (
            <EmptyState icon={FlaskConical} title={t('test.nothingYet')} testId="test-empty" />
          ) : (
            <>
              <AnswerView view={view} provider={by ? providerName(by) : undefined} />
              {busy && view.text === '' && view.reasoning === '' && <p className="text-muted">{t('test.waiting')}</p>}
            </>
          )}
        </section>
        <output className="sr-only">{view?.end && t(`test.ended.${view.end.outcome}`)}</output>
      </div>
      <div className="flex flex-col gap-3 lg:max-xl:col-start-2">
        <Stats row={row} />
        {row && <LogLink row={row} />}
      </div>
    </div>
  );
}
