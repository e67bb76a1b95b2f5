import { Eye, EyeOff } from 'lucide-react';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { useNow } from '../../lib/now.ts';
import { signInWith } from '../../lib/session.ts';

type Problem = { kind: 'wrong' | 'unreachable' | 'empty' } | { kind: 'wait'; until: number };

export function SignInForm() {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const waiting = problem?.kind === 'wait';
  const now = useNow(1000, waiting);
  const secondsLeft = waiting ? Math.ceil((problem.until - now) / 1000) : 0;

  async function submit() {
    if (text.trim() === '') {
      setProblem({ kind: 'empty' });
      field.current?.focus();
      return;
    }
    setBusy(true);
    const result = await signInWith(text);
    setBusy(false);
    if (result.outcome === 'in') return;
    setProblem(
      result.outcome === 'wait'
        ? { kind: 'wait', until: Date.now() + result.seconds * 1000 }
        : { kind: result.outcome },
    );
    field.current?.focus();
    field.current?.select();
  }

  return (
    <form
      noValidate
      className="mt-4"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (!busy && secondsLeft <= 0) void submit();
      }}
    >
      {/* Password managers file what they keep under a user name. */}
      <input type="text" name="username" autoComplete="username" value="traygate" readOnly hidden />
      <label htmlFor={id} className="mb-1 block font-medium">
        {t('signIn.label')}
      </label>
      <div className="flex items-center rounded-control border border-control bg-bg pr-1 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-offset-2 has-[input:focus-visible]:outline-accent">
        <input
          ref={field}
          id={id}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has nothing else to do
          autoFocus
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-problem ${id}-help`}
          className="h-10 min-w-0 flex-1 bg-transparent px-3 outline-none"
        />
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={t(shown ? 'signIn.hide' : 'signIn.show')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        />
      </div>
      <p id={`${id}-problem`} role="alert" className="mt-1 min-h-5 text-danger">
        {problem !== null &&
          (problem.kind !== 'wait'
            ? t(`signIn.problem.${problem.kind}`)
            : secondsLeft > 0 && t('signIn.problem.wait', { count: secondsLeft }))}
      </p>
      <Button type="submit" intent="primary" disabled={busy || secondsLeft > 0} className="mt-2 h-9 w-full">
        {t(busy ? 'signIn.busy' : 'signIn.submit')}
      </Button>
      <p id={`${id}-help`} className="mt-4 text-xs text-muted">
        {t('signIn.help')}
      </p>
    </form>
  );
}
