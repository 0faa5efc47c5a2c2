/** Sets of numbers below `count` that grow together. */
export interface UnionFind {
  /** The number that stands for the set of this one. */
  find(index: number): number;
  /** True when they were apart. */
  union(a: number, b: number): boolean;
}

export function unionFind(count: number): UnionFind {
  const parent = Int32Array.from({ length: count }, (_, index) => index);
  const find = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  return {
    find,
    // The smaller index leads, so that the order of joining changes nothing.
    union(a, b) {
      const [x, y] = [find(a), find(b)];
      parent[Math.max(x, y)] = Math.min(x, y);
      return x !== y;
    },
  };
}
