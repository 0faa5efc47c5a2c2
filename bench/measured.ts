/**
 * Says on the way out what the process took: its peak in KiB, and its own processor time in seconds, without that of git.
 * A poll of /proc would miss its last moment.
 */
export const MEASURED = `data:text/javascript,${encodeURIComponent(
  'process.on("exit", () => { const { user, system } = process.cpuUsage(); process.stderr.write("peak " + process.resourceUsage().maxRSS + " cpu " + (user + system) / 1e6 + "\\n"); });',
)}`;

/** The figures in what such a process wrote. */
export function measuredIn(said: string): { readonly peakMiB: number; readonly cpuSeconds: number } {
  const [, peak, cpu] = /peak (\d+) cpu ([\d.]+)/.exec(said) ?? [];
  return { peakMiB: Number(peak) / 1_024, cpuSeconds: Number(cpu) };
}
