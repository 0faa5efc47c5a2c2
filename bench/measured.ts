/** Says on the way out what the process took; a poll of /proc would miss its last moment. */
export const MEASURED = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"));',
)}`;
