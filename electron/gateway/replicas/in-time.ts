/**
 * What comes of it within `ms` milliseconds; rejects without. What has come in the turn of the event loop in which the time
 * was over still counts: it was this process that was late.
 */
export function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`There was no answer within ${ms} ms.`));
    const timer = setTimeout(() => setImmediate(late), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
