export const signIn = {
  title: 'Sign in to Traygate',
  intro: 'This window can see your tokens’ state and change settings, so it asks who you are.',
  label: 'Sign-in link, code or admin password',
  show: 'Show what was typed',
  hide: 'Hide what was typed',
  submit: 'Sign in',
  busy: 'Signing in…',
  help: 'A one-time link is printed in the log of the server when it starts. It works once, for 15 minutes.',
  plain:
    'This page came over plain HTTP: whoever is on the way can read what is typed and shown here. Use https through a proxy, or an SSH tunnel.',
  problem: {
    empty: 'Paste the link or code, or type the password.',
    unreachable: 'The gateway does not answer. Is it still running?',
    wait_one: 'Too many attempts. Try again in {{count}} second.',
    wait_other: 'Too many attempts. Try again in {{count}} seconds.',
    wrong: 'That did not work. A link or code is valid once and only for 15 minutes.',
  },
} as const;
