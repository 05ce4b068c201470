import autocannon from 'autocannon';
import { coupleApplication } from './applications.ts';
import { type Instance, startInstance } from './instance.ts';
import { atLeast, atMost, type Report, told } from './report.ts';

const seconds = 20;
const warmUpSeconds = 4;
const connections = 8;

/** A fresh application in each request, so that every one is taken in and none is a repetition. */
const shoot = async (instance: Instance, token: string, duration: number, from: number): Promise<autocannon.Result> => {
  let next = from;
  return autocannon({
    url: `${instance.apiUrl}/applications`,
    method: 'POST',
    connections,
    duration,
    headers: { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' },
    requests: [
      {
        setupRequest: (request) => {
          next += 1;
          return {
            ...request,
            headers: { ...request.headers, 'idempotency-key': `intake-${next}` },
            body: JSON.stringify(coupleApplication(next)),
          };
        },
      },
    ],
  });
};

/** Applications of couples taken in per second over HTTP, with the reviews they start running beside. */
export const intake = async (progress: (text: string) => void): Promise<Report> => {
  const instance = await startInstance();
  try {
    const token = await instance.token('township-worker-1');
    progress(`warming up for ${warmUpSeconds} s`);
    await shoot(instance, token, warmUpSeconds, 0);
    progress(`submitting for ${seconds} s over ${connections} connections`);
    const result = await shoot(instance, token, seconds, 1_000_000);
    const failed = result.non2xx + result.errors + result.timeouts;
    return {
      name: 'intake',
      measures: [
        atLeast('applications taken in per second', Math.round(result['2xx'] / result.duration), '1/s', 100),
        atMost('requests that failed', failed, 'requests', 0),
        told('applications taken in', result['2xx'], 'applications'),
        told('answer time, median', result.latency.p50, 'ms'),
        told('answer time, 97.5 %', result.latency.p97_5, 'ms'),
        told('answer time, 99 %', result.latency.p99, 'ms'),
      ],
    };
  } finally {
    await instance.stop();
  }
};
