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
  copyKey: 'Copy key',
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
  startServer: 'Start server',
  stopServer: 'Stop server',
  openWindow: 'Open window',
  logs: 'Logs…',
  quit: 'Quit',

  inFlightTitle: (inFlight: number) =>
    inFlight === 1 ? 'One request is still being answered.' : `${inFlight} requests are still being answered.`,
  finishAndQuit: 'Finish and quit (up to 10 s)',
  quitNow: 'Quit now',
  cancel: 'Cancel',

  cannotOpen: 'Traygate cannot start',
  noTrayTitle: 'Traygate keeps running',
  noTrayBody: 'This desktop shows no tray, so closing the window minimises it. Its menu has Quit.',
};

export type Texts = typeof english;
