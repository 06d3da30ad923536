// Imports one bundle in threads that never ran before; prints what that took.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const [path, count] = process.argv.slice(2);
const code = `
const { parentPort } = require('node:worker_threads');
const cpu = process.threadCpuUsage();
const startedAt = performance.now();
import(${JSON.stringify(pathToFileURL(path).href)}).then(() => {
  const { user, system } = process.threadCpuUsage(cpu);
  parentPort.postMessage([(performance.now() - startedAt) / 1e3, (user + system) / 1e6]);
});`;

let [seconds, cpuSeconds] = [0, 0];
for (let index = 0; index < Number(count); index++) {
  const worker = new Worker(code, { eval: true });
  const [took, used] = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  seconds += took;
  cpuSeconds += used;
  await worker.terminate();
}
process.stdout.write(JSON.stringify({ requests: Number(count), seconds, cpuSeconds }));
