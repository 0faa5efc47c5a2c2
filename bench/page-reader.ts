import { Agent, get } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

const EVERY_MS = 2;
const agent = new Agent({ keepAlive: true });
const latencies: number[] = [];
let running = true;
parentPort?.once("message", () => {
  running = false;
});

/** One page, in ms. */
function read(): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    get({ agent, port: workerData.port, host: "127.0.0.1" }, (response) => {
      response.resume().on("end", () => resolve(performance.now() - begun));
    }).on("error", reject);
  });
}

await read();
parentPort?.postMessage("ready");
while (running) {
  latencies.push(await read());
  await pause(EVERY_MS);
}
agent.destroy();
parentPort?.postMessage(latencies);
