/**
 * Jest's globalTeardown: closes the databases that wait for another file. Where files run in Jest's own process, a timer
 * of theirs would keep it from ending.
 */
export default async function afterAll() {
  const { closeDatabases } = await import("../database.ts");
  await closeDatabases();
}
