#!/usr/bin/env node
// A launcher only so that an old Node answers with a sentence instead of a syntax error.
if (Number(process.versions.node.split(".")[0]) < 24) {
  process.stderr.write(
    `sallyport: Node ${process.versions.node} is too old; run it as \`npx sallyport\` or \`npm run …\` in the checkout, which bring Node 26.\n`,
  );
  process.exitCode = 2;
} else {
  await import("../src/main.ts");
}
