export const english = {
  running: (address: string) => `Running on ${address}`,
  starting: 'Starting',
  stopping: (inFlight: number) => (inFlight > 0 ? `Stopping (${inFlight} finishing)` : 'Stopping'),
  stopped: 'Stopped',
  portInUse: (port: number) => `Port ${port} is in use`,
  cannotStart: 'Cannot start',
  status: { starting: 'Starting', running: 'Running', stopping: 'Stopping', stopped: 'Stopped', error: 'Error' },
  tooltip: (status: string, address: string, ready: number, all: number) =>
    `${status} · ${address} · ${ready}/${all} ready`,

  copyBaseUrl: 'Copy base URL',
  lan: 'LAN',
  lanOff: 'LAN – off',
  environment: (shell: string) => `Environment lines for ${shell}`,
  copyKey: 'Copy key',
  defaultKey: 'Default',
  provider: {
    ready: 'ready',
    someReady: (usable: number, total: number) => `${usable} of ${total} ready`,
    guest: 'guest only',
    cooling: (left: string) => `cooling ${left}`,
    resting: 'cooling',
    needsToken: 'needs a token',
    off: 'off',
  },
  pauseGuests: (provider: string) => `Pause guest mode of ${provider}`,
  pauseAll: 'Pause all requests',
  paused: 'Paused',
  startServer: 'Start server',
  restartServer: 'Restart server',
  stopServer: 'Stop server',
  openWindow: 'Open window',
  logs: 'Logs…',
  test: 'Test…',
  settings: 'Settings…',
  troubleshoot: 'Troubleshoot',
  selfTest: 'Self-test',
  selfTestPassed: 'A request to this address was answered.',
  selfTestFailed: 'A request to this address was not answered.',
  copyReport: 'Copy redacted report',
  reportCopied: 'The report is on the clipboard. It holds no prompt, answer, token or key.',
  openLogs: 'Open log folder',
  resetWindow: 'Reset window',
  quit: 'Quit',

  inFlightTitle: (inFlight: number) =>
    inFlight === 1 ? 'One request is still being answered.' : `${inFlight} requests are still being answered.`,
  finishAndQuit: 'Finish and quit (up to 10 s)',
  quitNow: 'Quit now',
  cancel: 'Cancel',

  closeTitle: 'Keep Traygate running in the tray?',
  closeBody: 'Your programs are answered only while it runs. You can choose again in Settings.',
  keepRunning: 'Keep running',

  cannotOpen: 'Traygate cannot start',
  crashTitle: 'The window was closed',
  crashBody: 'It failed several times in a row. Requests are still answered; open it again from the tray.',
  noTrayTitle: 'Traygate keeps running',
  noTrayBody: 'This desktop shows no tray, so closing the window minimises it. Its menu has Quit.',

  presence: 'export all tokens',
  update: {
    offered: (version: string) => `Load update ${version}`,
    loading: (version: string) => `Loading update ${version}`,
    ready: (version: string) => `Restart and update to ${version}`,
    waiting: (version: string) => `Updates to ${version} when nothing is being answered`,
  },
  notices: {
    portTaken: (port: number, owner: { name: string; pid: number } | null) => ({
      title: 'Traygate is not running',
      body: `Port ${port} is used by ${owner === null ? 'another program' : `${owner.name} (pid ${owner.pid})`}.`,
    }),
    stopped: { title: 'Traygate is not running', body: 'The server could not start or has stopped by itself.' },
    provider: (name: string, guests: boolean) => ({
      title: `${name}: no usable token`,
      body: guests ? 'Guest mode is answering.' : 'Requests for it fail until a token can be used again.',
    }),
    tokens: (aliases: string, count: number, name: string) => ({
      title: count === 1 ? `${name} rejects a token` : `${name} rejects ${count} tokens`,
      body: `${aliases}: not used any more. Replace or remove ${count === 1 ? 'it' : 'them'}.`,
    }),
    ending: (aliases: string, count: number, name: string) => ({
      title: count === 1 ? `${name}: a token ends within two days` : `${name}: ${count} tokens end within two days`,
      body: `${aliases}: replace ${count === 1 ? 'it' : 'them'} in time.`,
    }),
    wrongKeys: (address: string, wrong: number) => ({
      title: 'Wrong keys from another device',
      body: `${address} has tried ${wrong} wrong keys.`,
    }),
    recovered: {
      settings: { title: 'Settings were damaged', body: 'The damaged file was kept. See what has taken its place.' },
      database: { title: 'The database was damaged', body: 'The damaged file was kept. See what has taken its place.' },
    },
    errors: (percent: number) => ({
      title: 'Many requests fail',
      body: `${percent} % of the requests of the last five minutes.`,
    }),
    update: (version: string) => ({
      title: `Traygate ${version} is there`,
      body: 'Load it from the tray whenever you like.',
    }),
    updateFailed: { title: 'The update could not be loaded', body: 'Try again from the tray.' },
  },
};

export type Texts = typeof english;
