import type { Captured } from '../../../shared/capture.ts';
import type { Attempt, Exchange } from '../../../shared/exchange.ts';

/** For tests: a request that went well, except for what the test says. */
export function exampleAttempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    provider: 'zai',
    credential: 'Z1',
    credentialKind: 'user',
    leased: 2,
    connected: 40,
    headers: 400,
    firstEvent: 500,
    ended: 2000,
    failure: null,
    decision: null,
    ...changes,
  };
}

export function exampleExchange(changes: Partial<Exchange> = {}): Exchange {
  return {
    id: 'req-1',
    receivedAt: 1_760_000_000_000,
    dialect: 'openai-chat',
    clientKey: 'Default',
    client: 'curl',
    model: 'glm-4.7',
    provider: 'zai',
    resolvedModel: 'GLM-4.7',
    stream: true,
    test: false,
    purpose: null,
    replayOf: null,
    outcome: 'ok',
    status: 200,
    finishReason: 'stop',
    attempts: [exampleAttempt()],
    warnings: [],
    usage: null,
    failure: null,
    leased: 2,
    connected: 40,
    headers: 400,
    firstEvent: 500,
    firstToken: 510,
    lastToken: 1990,
    closed: 2000,
    characters: 100,
    ...changes,
  };
}

export function exampleCaptured(): Captured {
  return {
    method: 'POST',
    path: '/v1/chat/completions',
    request: {
      headers: [['content-type', 'application/json']],
      body: '{"model":"glm-4.7","messages":[{"role":"user","content":"What is asked"}]}',
      size: 74,
      cut: false,
    },
    response: { headers: [], text: 'What is answered', reasoning: '', calls: [], cut: false },
    events: [{ at: 510, type: 'text', text: 'What is answered' }],
    eventsLeftOut: 0,
    redacted: 0,
  };
}
