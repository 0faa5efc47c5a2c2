import runner from "jest-light-runner";
import Tinypool from "tinypool";
import { limitMinutes } from "./limit.ts";

/**
 * The light runner, with a channel of its own for each file. Its processes ask for the settings of the run when they
 * start, over one channel that all of them share: an answer to one that asked was sent to all, and to one that did not
 * listen yet never again, so that it waited for ever (one run in seven on a busy machine). A file whose loop stands,
 * which no limit of its tests ends, loses its process, and the run names it.
 */
const run = Tinypool.prototype.run;
Tinypool.prototype.run = async function runAlone(task, options) {
  const shared = options?.channel;
  const limit = new AbortController();
  const minutes = limitMinutes() + 2;
  const timer = setTimeout(() => limit.abort(), minutes * 60_000);
  try {
    const signal = limit.signal;
    return await run.call(this, task, shared ? { ...options, signal, channel: channelOfOne(shared) } : options);
  } catch (error) {
    throw limit.signal.aborted ? new Error(`${task} did not end within ${minutes} minutes`) : error;
  } finally {
    clearTimeout(timer);
  }
};

function channelOfOne(shared) {
  let listener = null;
  return {
    onMessage(given) {
      listener = given;
    },
    postMessage(message) {
      if (listener !== null) shared.onMessage(listener);
      shared.postMessage(message);
    },
  };
}

export default runner;
