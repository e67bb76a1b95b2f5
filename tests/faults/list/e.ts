import { group } from './row.ts';

export const e = group('E', 'System and life cycle', [
  ['F086', 'P0', 'the port is taken, on one or all addresses', 'a clear message, or IPv4 alone with a warning'],
  ['F087', 'P0', 'started twice, ten times quickly', 'one process; the second ends at once'],
  ['F089', 'P0', '`localhost` over IPv4 and IPv6; IPv6 off', 'answers everywhere'],
  ['F090', 'P1', 'killed and started again', 'listens on the same port within seconds; open rows become “interrupted”'],
  [
    'F091',
    'P0',
    'stopped with answers running',
    'short ones end well, long ones get a frame; a second signal ends at once',
  ],
  [
    'F092',
    'P0',
    'asleep for a minute, connections gone',
    'the next request is answered; what was interrupted got an error',
  ],
  ['F094', 'P0', 'the clock jumps', 'rests keep their length; signatures follow the provider’s time'],
  [
    'F095',
    'P0',
    'proxy variables that lead nowhere',
    'this computer is never reached through a proxy; the error names the proxy',
  ],
  [
    'F096',
    'P0',
    'a base URL or proxy that leads back here',
    'refused when saved; 508 `loop_detected` after one hop otherwise',
  ],
  ['F097', 'P0', 'the packaged program with variables and switches of Node', 'no effect; fuses read back'],
  ['F098', 'P1', 'few file descriptors, many clients', 'some 503, no crash, back within seconds'],
  ['F099', 'P1', 'little memory, many large bodies', 'refused by size; no crash'],
  [
    'F100',
    'P0',
    'an exception in a handler, a timer, a stream',
    '500 as JSON; the process is sound or replaced; the stack only in the log',
  ],
  ['F101', 'P0', 'the window or its graphics die', 'requests unaffected; the window comes back'],
  ['F102', 'P1', 'started without a network', 'listens; providers answer soon after the network is there'],
  ['F103', 'P1', 'the system shuts down', 'saved within two seconds'],
  ['F104', 'P1', 'a container: no root, read-only, process 1', 'works, or ends with a clear code'],
  ['F107', 'P1', 'a day of load', 'memory, files and timers flat'],
]);
