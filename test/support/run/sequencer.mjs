import Sequencer from "@jest/test-sequencer";

/**
 * The first run in a clone knows no file's time, and Jest begins with the largest files. Those that run the whole program
 * are small and take longest: begun last, one of them ran alone for the last ten seconds.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const [long, short] = [sorted.filter(isLong), sorted.filter((test) => !isLong(test))];
    return [...long, ...short];
  }
}

const isLong = ({ path }) => /[\\/]test[\\/](?:scenarios[\\/]|store[\\/]embedded\.)/.test(path);
