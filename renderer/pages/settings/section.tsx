import { useTranslation } from 'react-i18next';
import { About } from './about/about.tsx';
import { Backups } from './data/backups.tsx';
import { ExportForm } from './data/export-form.tsx';
import { ImportForm } from './data/import-form.tsx';
import { ResetForm } from './data/reset-form.tsx';
import { StorageNote } from './data/storage-note.tsx';
import { AnyField } from './fields/any-field.tsx';
import { fields } from './fields/fields.ts';
import { FontSize } from './font-size.tsx';
import { Guests } from './guests.tsx';
import { Keyboard } from './keyboard.tsx';
import { ClientKeys } from './keys/client-keys.tsx';
import { Remote } from './remote/remote.tsx';
import type { SectionId } from './sections.ts';

/** One section: its settings, and what is no setting but belongs to them. */
export function Section({ id }: { readonly id: SectionId }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="section-title" className="flex min-w-0 flex-1 flex-col gap-2">
      <h2 id="section-title" className="px-2 text-lg font-semibold">
        {t(`settings.sections.${id}`)}
      </h2>
      {id === 'keys' && <ClientKeys />}
      {fields
        .filter(({ section }) => section === id)
        .map((field) => (
          <AnyField key={field.id} field={field} />
        ))}
      {id === 'appearance' && <FontSize />}
      {id === 'behaviour' && <Guests />}
      {id === 'data' && (
        <div className="flex flex-col gap-6 p-2">
          <StorageNote />
          <Backups />
          <ExportForm />
          <ImportForm />
          <ResetForm />
        </div>
      )}
      {id === 'remote' && <Remote />}
      {id === 'keyboard' && <Keyboard />}
      {id === 'about' && <About />}
    </section>
  );
}
