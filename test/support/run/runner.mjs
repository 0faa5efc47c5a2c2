import runner from "jest-light-runner";
import Tinypool from "tinypool";

/**
 * The light runner, with a channel of its own for each file. Its processes ask for the settings of the run when they
 * start, over one channel that all of them share: an answer to one that asked was sent to all, and to one that did not
 * listen yet never again, so that it waited for ever (one run in seven on a busy machine).
 */
const run = Tinypool.prototype.run;
Tinypool.prototype.run = function runAlone(task, options) {
  const shared = options?.channel;
  return run.call(this, task, shared ? { ...options, channel: channelOfOne(shared) } : options);
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
