import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Script } from '../../tests/simulators/zai/scripts.ts';

const frame = Buffer.from('data: {"type":"chat:completion","data":{"delta_content":"word ","phase":"answer"}}\n\n');
const end = 'data: {"type":"chat:completion","data":{"phase":"done","done":true}}\n\n';
const head = { 'content-type': 'text/event-stream; charset=utf-8' };

/** Answers whose connection is open. */
export const open = new Set<ServerResponse>();

function begin(response: ServerResponse): void {
  open.add(response);
  response.on('close', () => open.delete(response));
  response.writeHead(200, head);
}

function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** One frame per write, as the site sends them, as fast as they are taken. */
export function firehose(chunks: number): Script {
  return async ({ response }) => {
    begin(response);
    for (let at = 0; at < chunks && !response.destroyed; at++) if (!response.write(frame)) await room(response);
    response.end(end);
  };
}

/** One frame at a time, evenly. */
export function trickle(chunks: number, everyMs: number): Script {
  return async ({ response }) => {
    begin(response);
    response.write(frame);
    for (let at = 1; at < chunks && !response.destroyed; at++) {
      await sleep(everyMs);
      response.write(frame);
    }
    response.end(end);
  };
}
