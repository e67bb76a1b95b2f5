import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClientChoice, type CommandShell, commandShells } from '../../../shared/clients.ts';
import { FilterChips } from '../../components/filter-chips.tsx';
import { shellNames } from '../../../shared/env-lines.ts';
import { CodeBlock } from './code-block.tsx';
import { copyPart } from './hand-over.ts';
import { Step } from './step.tsx';

const usual: CommandShell = /Windows/.test(navigator.userAgent) ? 'powershell' : 'sh';

interface LaunchProps {
  readonly choice: ClientChoice;
  readonly commands: Partial<Record<CommandShell, string>>;
}

/** The way that changes nothing: variables for one start. */
export function Launch({ choice, commands }: LaunchProps) {
  const { t } = useTranslation();
  const [shell, setShell] = useState<CommandShell>(usual);
  const lasting = shell === 'powershell' || shell === 'cmd';
  return (
    <Step title={t('connect.launch.title')} note={t('connect.launch.note')}>
      <FilterChips
        label={t('connect.launch.shell')}
        value={shell}
        options={commandShells.map((name) => ({ value: name, label: shellNames[name] }))}
        onChange={setShell}
      />
      <CodeBlock
        title={shellNames[shell]}
        text={commands[shell] ?? ''}
        copyLabel={t('connect.launch.copy')}
        copy={() => copyPart(choice, 'command', shell, t('connect.launch.done'))}
      />
      {lasting && <p className="text-xs text-muted">{t('connect.launch.noteWindow')}</p>}
    </Step>
  );
}
