import { Link } from '@tanstack/react-router';
import { ArrowLeft, ExternalLink, KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ClientId, ClientSheet, ClientChoice, ClientsOverview, ClientStatus } from '../../../shared/clients.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { call } from '../../lib/backend.ts';
import { clientName, speaksOf, useClientKeys, useClientSheet } from '../../lib/clients.ts';
import { cx } from '../../lib/cx.ts';
import { useGateway } from '../../lib/gateway-state.ts';
import { attempt, say } from '../../lib/toasts.ts';
import { CallLine } from './call-line.tsx';
import { choose, useChoice } from './choice.ts';
import { ClientTest } from './client-test.tsx';
import { CodeBlock } from './code-block.tsx';
import { copyPart, openLink } from './hand-over.ts';
import { Launch } from './launch.tsx';
import { SettingsFile } from './settings-file.tsx';
import { Step } from './step.tsx';

interface PartProps {
  readonly choice: ClientChoice;
  readonly sheet: ClientSheet;
}

function Links({ choice, sheet: { links } }: PartProps) {
  const { t } = useTranslation();
  const client = clientName(choice.client);
  return (
    <Step title={t('connect.link.title')} note={t('connect.link.note')}>
      <ul className="flex flex-wrap gap-2">
        {links.map(({ id, title }) => (
          <li key={id} className="flex items-center">
            <Button intent="primary" onClick={() => void openLink(choice, id)}>
              <ExternalLink aria-hidden size={14} />
              {links.length === 1 ? t('connect.link.open', { client }) : t('connect.link.openAs', { client, title })}
            </Button>
            <CopyButton
              label={t('connect.link.copy', { title })}
              copy={() => copyPart(choice, 'link', id, t('connect.link.done'))}
            />
          </li>
        ))}
      </ul>
    </Step>
  );
}

function Values({ choice, sheet: { openAi, root, key, model } }: PartProps) {
  const { t } = useTranslation();
  const speaks = speaksOf(choice.client);
  const done = t('connect.values.done');
  return (
    <Step title={t('connect.values.title')}>
      <div className="grid gap-3 xl:grid-cols-2">
        {speaks !== 'anthropic' && (
          <CopyField
            label={t('connect.address.openAi')}
            value={openAi}
            copyLabel={t('connect.address.copyOpenAi')}
            copy={() => copyPart(choice, 'openai', null, done)}
          />
        )}
        {speaks !== 'openai' && (
          <CopyField
            label={t('connect.address.root')}
            value={root}
            copyLabel={t('connect.address.copyRoot')}
            copy={() => copyPart(choice, 'root', null, done)}
          />
        )}
        {key !== null && (
          <CopyField
            label={t('connect.address.key')}
            value={`••••••••${key.slice(1)}`}
            copyLabel={t('connect.values.copyKey')}
            copy={() => copyPart(choice, 'key', null, t('copy.keyDone'))}
          />
        )}
        <CopyField
          label={t('connect.address.model')}
          value={model}
          copyLabel={t('connect.values.copyModel')}
          copy={() => copyPart(choice, 'model', null, done)}
        />
      </div>
    </Step>
  );
}

function NewKey({ client }: { readonly client: ClientId }) {
  const { t } = useTranslation();
  const { keyRequired } = useGateway();
  const { refetch } = useClientKeys();
  const name = clientName(client);
  if (!keyRequired) return null;
  async function make() {
    const made = await attempt(call('clients.newKey', { client }));
    if (made === null) return;
    const { data } = await refetch();
    choose({ key: made.id });
    say(t('connect.address.newKeyDone', { name: data?.find(({ id }) => id === made.id)?.name ?? name }));
  }
  return (
    <Button size="small" intent="ghost" onClick={() => void make()}>
      <KeyRound aria-hidden size={14} />
      {t('connect.address.newKey', { client: name })}
    </Button>
  );
}

interface ClientDetailProps {
  readonly status: ClientStatus;
  readonly overview: ClientsOverview;
  readonly className?: string;
}

/** Everything that connects one client, the ways that change nothing first. */
export function ClientDetail({ status, overview, className }: ClientDetailProps) {
  const { t } = useTranslation();
  const { id, found } = status;
  const { baseUrl, keyEnding, keyRequired } = useGateway();
  const choice = useChoice(id, overview);
  const { data: sheet } = useClientSheet(choice, `${baseUrl} ${keyEnding} ${keyRequired}`);
  const supported = speaksOf(id) !== 'none';
  return (
    <article aria-labelledby="client-title" className={cx('flex min-w-0 flex-1 flex-col gap-4', className)}>
      <Link to="/connect" className="flex items-center gap-1.5 text-accent md:hidden">
        <ArrowLeft aria-hidden size={15} />
        {t('connect.card.back')}
      </Link>
      <div className="flex flex-wrap items-center gap-2">
        <h2 id="client-title" className="text-lg font-semibold">
          {clientName(id)}
        </h2>
        <Chip tone={supported ? 'neutral' : 'warning'}>{t(`connect.speaks.${speaksOf(id)}`)}</Chip>
        {supported && (
          <Chip tone={found ? 'info' : 'neutral'}>{t(found ? 'connect.list.found' : 'connect.card.notFound')}</Chip>
        )}
        {supported && <NewKey client={id} />}
      </div>
      <p>{t(`connect.how.${id}`)}</p>
      {supported && <CallLine client={id} />}
      {supported && sheet !== undefined && (
        <>
          {sheet.commands !== null && <Launch choice={choice} commands={sheet.commands} />}
          {sheet.links.length > 0 && <Links choice={choice} sheet={sheet} />}
          <SettingsFile key={id} choice={choice} status={status} overview={overview} />
          {sheet.snippets.length > 0 && (
            <Step title={t('connect.snippets.title')}>
              {sheet.snippets.map(({ id: snippet, title, text }) => (
                <CodeBlock
                  key={snippet}
                  title={title}
                  text={text}
                  copyLabel={t('connect.snippets.copy', { title })}
                  copy={() => copyPart(choice, 'snippet', snippet, t('connect.snippets.done'))}
                />
              ))}
            </Step>
          )}
          <Values choice={choice} sheet={sheet} />
          <ClientTest key={`test ${id}`} choice={choice} />
        </>
      )}
    </article>
  );
}
