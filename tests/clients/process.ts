/** A client as a process: with nothing of this machine's settings, bounded in time, and gone afterwards with all it has started. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly signal: AbortSignal;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It had to be killed. */
  readonly killed: boolean;
}

export interface Running {
  readonly ended: Promise<Ended>;
  /** Ctrl-C. */
  interrupt(): void;
  /** The process and its children. */
  kill(): void;
}

/** Tools that agents run, and the Node of these tests. */
const searchPath = [path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(path.delimiter);

export function start(command: Command, limitMs: number): Running {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: { PATH: searchPath, HOME: command.home, ...command.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  // A client that does not read its input has closed it.
  child.stdin.on('error', () => undefined).end(command.stdin ?? '');
  let killed = false;
  const kill = () => signalGroup(child, 'SIGKILL');
  const giveUp = () => {
    killed = true;
    kill();
  };
  const timer = setTimeout(giveUp, limitMs);
  command.signal.addEventListener('abort', giveUp);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      command.signal.removeEventListener('abort', giveUp);
      // What it has left behind keeps the pipes open.
      kill();
      child.on('close', () => resolve({ code, ...output, killed }));
    });
  });
  return { ended, interrupt: () => signalGroup(child, 'SIGINT'), kill };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All of them have ended.
  }
}
