/** What other projects wrote and this one carries along. */
export const isVendored = (path: string): boolean =>
  /(^|\/)(?:vendor|third_party|third-party|node_modules|bower_components)\//i.test(path);

/** A file of tests by its own name, which says more than the folder it stands in. */
export const isTestFile = (path: string): boolean =>
  /(?:^|\/)test_[^/]{1,100}\.py$|[._-](?:test|spec)s?\.\w{1,5}$|Tests?\.(?:java|kt|cs|php|scala|swift)$|_(?:test|spec)\.(?:go|rb|exs?|dart|cc|cpp|c|py)$/.test(
    path,
  );
