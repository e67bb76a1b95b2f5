/** What the window says of the desktop around it. */
export const desktop = {
  links: {
    'add-token': {
      title: 'A link wants to add a token to {{name}}',
      body: 'It ends in {{ending}}. Add it only if you opened the link yourself and know where it comes from.',
    },
    'add-provider': {
      title: 'A link wants to add the provider {{name}}',
      body: 'Requests would be sent to {{url}}. Add it only if you opened the link yourself and trust that address.',
    },
    add: 'Add',
    done: 'Added from the link.',
  },
} as const;

/** Settings of the desktop. */
export const desktopFields = {
  desktop_startAtLogin: {
    label: 'Start at login',
    help: 'In the tray, without a window. A macOS build that is not signed may be refused.',
    words: 'autostart boot login item',
  },
  desktop_closeButton: {
    label: 'Close button',
    help: 'What closing the window does.',
    words: 'tray hide quit exit window',
  },
  desktop_lightweight: {
    label: 'Free memory while hidden',
    help: 'A window that has been hidden for five minutes is given back; it opens again a moment later.',
    words: 'lightweight ram background tray',
  },
  desktop_updates: {
    label: 'Look for updates',
    help: 'Once a day. A newer version is offered in the tray; nothing is loaded or installed until you say so.',
    words: 'version upgrade release',
  },
  desktop_notifyStopped: {
    label: 'Notify: not running',
    help: 'The server could not start, or has stopped by itself.',
    words: 'notification port error',
  },
  desktop_notifyProvider: {
    label: 'Notify: no usable token',
    help: 'All tokens of a provider have been out for a minute. Once an hour at most.',
    words: 'notification cooling provider',
  },
  desktop_notifyToken: {
    label: 'Notify: token rejected',
    help: 'A provider does not take a token any more.',
    words: 'notification invalid expired',
  },
  desktop_notifyEnding: {
    label: 'Notify: token ends soon',
    help: 'A token says that it ends within two days. Once for each.',
    words: 'notification expires expiry',
  },
  desktop_notifyWrongKeys: {
    label: 'Notify: wrong keys',
    help: 'Another device has tried five wrong keys or more.',
    words: 'notification security lan guess',
  },
  desktop_notifyUpdate: {
    label: 'Notify: newer version',
    help: 'Once for each version.',
    words: 'notification update',
  },
  desktop_notifyErrors: {
    label: 'Notify: many errors',
    help: 'More than a fifth of the requests of five minutes have failed.',
    words: 'notification error rate',
  },
} as const;
