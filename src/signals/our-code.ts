/** Fewer contents that two repositories share may be a snippet, a sample, or a tool's. */
export const MIN_CONTENTS = 20;
