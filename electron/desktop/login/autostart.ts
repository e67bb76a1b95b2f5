import { createHash } from 'node:crypto';

/** How the system is to start Traygate. */
export interface Launch {
  /** Of the entry: a checkout or a second data folder must not take over that of what is installed. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** Whether the system starts Traygate when the user logs in. The system's word counts: it has switches of its own for this. */
export interface Autostart {
  isOn(): boolean;
  /** Throws where the system refuses. */
  set(on: boolean): void;
  /** The program may lie elsewhere than when this was switched on. */
  refresh(): void;
}

interface Started {
  /** Electron's own executable. */
  readonly execPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The checkout that Electron was started with; null when installed. */
  readonly checkout: string | null;
  readonly dataDir: string | undefined;
}

/** As this process was started, but without a window. AppImages and portable programs run from a folder of that start only. */
export function launchOf({ execPath, environment, checkout, dataDir }: Started): Launch {
  const own = checkout === null && dataDir === undefined;
  const image = environment['APPIMAGE'] ?? environment['PORTABLE_EXECUTABLE_FILE'];
  const where = createHash('sha256').update(JSON.stringify([checkout, dataDir]));
  return {
    name: own ? 'traygate' : `traygate-${where.digest('hex').slice(0, 8)}`,
    program: image ?? execPath,
    args: [
      ...(checkout === null ? [] : [checkout]),
      '--hidden',
      ...(dataDir === undefined ? [] : [`--data-dir=${dataDir}`]),
    ],
  };
}

export interface FollowParts {
  readonly autostart: Autostart;
  readonly wanted: () => boolean;
  /** Brings the setting in line with the system. */
  readonly correct: (on: boolean) => void;
  readonly failed: (error: unknown) => void;
}

/** Keeps the two together: at the start the system is right, later the setting. Answers with what to call after each change. */
export function followAutostart({ autostart, wanted, correct, failed }: FollowParts): () => void {
  const trying = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failed(error);
    }
  };
  trying(() => {
    autostart.refresh();
    if (autostart.isOn() !== wanted()) correct(autostart.isOn());
  });
  return () => {
    trying(() => {
      if (autostart.isOn() !== wanted()) autostart.set(wanted());
    });
    // What the system has refused is not on, whatever the switch says.
    trying(() => {
      if (autostart.isOn() !== wanted()) correct(autostart.isOn());
    });
  };
}
