// A directory in userData is the lock; a file dropped into it is how a second instance speaks to the first.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

type Message = { argv: string[]; cwd: string; additionalData: unknown };

export class InstanceLock {
  #watcher: fs.FSWatcher | undefined;
  #folder = '';

  get held(): boolean {
    return this.#watcher !== undefined;
  }

  /** False when another living process holds it; that one is then told. */
  take(userData: string, additionalData: unknown, heard: (message: Message) => void): boolean {
    if (this.held) return true;
    this.#folder = path.join(userData, 'SingletonLock.host');
    const owner = path.join(this.#folder, 'pid');
    fs.mkdirSync(userData, { recursive: true });
    while (!this.#create(owner)) {
      const pid = Number(fs.existsSync(owner) ? fs.readFileSync(owner, 'utf8') : 0);
      if (isAlive(pid)) {
        this.#tell({ argv: process.argv, cwd: process.cwd(), additionalData });
        return false;
      }
      fs.rmSync(this.#folder, { recursive: true, force: true });
    }
    this.#watcher = fs.watch(this.#folder, (_kind, name) => {
      const file = path.join(this.#folder, String(name));
      if (!file.endsWith('.json') || !fs.existsSync(file)) return;
      const message: Message = JSON.parse(fs.readFileSync(file, 'utf8'));
      fs.rmSync(file);
      heard(message);
    });
    process.on('exit', () => this.release());
    return true;
  }

  release() {
    if (!this.held) return;
    this.stopWatching();
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  stopWatching() {
    this.#watcher?.close();
  }

  #create(owner: string): boolean {
    try {
      fs.mkdirSync(this.#folder);
    } catch (error: any) {
      if (error.code !== 'EEXIST') throw error;
      return false;
    }
    fs.writeFileSync(owner, String(process.pid));
    return true;
  }

  #tell(message: Message) {
    const name = path.join(this.#folder, crypto.randomUUID());
    fs.writeFileSync(name + '.tmp', JSON.stringify(message));
    fs.renameSync(name + '.tmp', name + '.json');
  }
}

function isAlive(pid: number): boolean {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
