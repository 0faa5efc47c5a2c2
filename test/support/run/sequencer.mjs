import Sequencer from "@jest/test-sequencer";

/**
 * The first run in a clone knows no file's time, and Jest begins with the largest files. Those that run the whole program
 * are small and take longest: begun last, one of them ran alone for the last ten seconds.
 */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const [[first, ...long], short] = [sorted.filter(isLong), sorted.filter((test) => !isLong(test))];
    // While the first makes the database of the run, which others would wait for, two that need none have their turn.
    return [...(first ? [first] : []), ...short.slice(0, 2), ...long, ...short.slice(2)];
  }
}

const isLong = ({ path }) => /[\\/]test[\\/](?:scenarios[\\/]|store[\\/]embedded\.)/.test(path);
