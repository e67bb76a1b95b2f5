/** `npm run demo` as a user runs it, from the sources. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

/** What a shell would make of a printed line, without needing curl. */
function asked(line: string): Promise<Response> {
  const [, url = '', key = '', body = ''] =
    /curl (\S+) -H 'Authorization: (Bearer \S+)' .* -d '(.*)'$/.exec(line) ?? assert.fail(line);
  return fetch(url, {
    method: 'POST',
    headers: { authorization: key, 'content-type': 'application/json' },
    body,
  });
}

test('the demo shows answers and failures, and ends without a trace', { timeout: 60_000 }, async () => {
  const demo = spawn(process.execPath, [path.join(import.meta.dirname, 'demo.ts'), '--source'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(demo, 'exit');
  try {
    let output = '';
    await new Promise<void>((resolve, reject) => {
      demo.once('exit', () => reject(new Error(`The demo ended: ${output}`)));
      demo.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Ctrl+C ends')) resolve();
      });
    });
    assert.match(output, /Window +http\S+sign-in\?code=/);
    assert.match(output, /Key +sk-traygate-demo\n/);
    const lines = output.split('\n').filter((line) => line.includes('curl '));
    assert.equal(lines.length, 3);
    const [streamed, whole, failed] = await Promise.all(lines.map(async (line) => {
      const reply = await asked(line);
      return { status: reply.status, text: await reply.text() };
    })); // prettier-ignore
    assert.ok(streamed?.status === 200 && streamed.text.endsWith('data: [DONE]\n\n'), streamed?.text);
    assert.ok(whole?.status === 200 && whole.text.includes('You said: Hello'), whole?.text);
    assert.ok(failed?.status === 403 && failed.text.includes('captcha_required'), failed?.text);

    const folder = /Data +(\S+)/.exec(output)?.[1] ?? '';
    const url = /Base URL +(\S+)/.exec(output)?.[1] ?? '';
    assert.ok(existsSync(folder));
    demo.kill('SIGINT');
    assert.deepEqual(await exited, [0, null]);
    assert.ok(!existsSync(path.dirname(folder)), 'its folder is gone');
    await assert.rejects(fetch(url), 'nobody listens any more');
  } finally {
    // Not killed outright: Traygate would outlive it.
    demo.kill('SIGTERM');
    await exited;
  }
});
