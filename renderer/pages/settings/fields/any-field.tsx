import { AliasesField } from './aliases-field.tsx';
import { CaField } from './ca-field.tsx';
import type { Field } from './fields.ts';
import { LanField } from './lan-field.tsx';
import { LanguageField } from './language-field.tsx';
import { PortField } from './port-field.tsx';
import { ProxyField } from './proxy-field.tsx';
import { SettingField } from './setting-field.tsx';
import { ThinkingField } from './thinking-field.tsx';

/** The control of a setting, its own where it has one. */
export function AnyField({ field }: { readonly field: Field }) {
  switch (field.id) {
    case 'server_port':
      return <PortField field={field} />;
    case 'server_host':
      return <LanField field={field} />;
    case 'ui_language':
      return <LanguageField field={field} />;
    case 'behaviour_thinking':
      return <ThinkingField field={field} />;
    case 'network_proxy':
      return <ProxyField field={field} />;
    case 'network_caFile':
      return <CaField field={field} />;
    case 'models_aliases':
      return <AliasesField field={field} />;
    default:
      return <SettingField field={field} />;
  }
}
