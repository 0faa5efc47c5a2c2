import vm from "node:vm";
import { TestEnvironment } from "jest-environment-node";

/**
 * Jest's own environment, with a global object like that of a program. The one that Jest makes is a sandbox behind
 * interceptors and a proxy, which every use of a global passes through: what counts commits or runs a database takes
 * five to ten times as long in it. Each test file still has a global object and modules of its own.
 */
export default class PlainGlobal extends TestEnvironment {
  #variables = { ...process.env };

  constructor(config, context) {
    super(config, context);
    const plain = vm.runInContext("globalThis", vm.createContext(vm.constants.DONT_CONTEXTIFY));
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(globalThis)))
      if (!(name in plain)) Object.defineProperty(plain, name, "value" in descriptor ? descriptor : lazy(plain, name));
    for (const symbol of Object.getOwnPropertySymbols(this.global))
      Object.defineProperty(plain, symbol, Object.getOwnPropertyDescriptor(this.global, symbol));
    // Node's own modules hand out these, so that tests have to mean the same ones.
    Object.assign(plain, { global: plain, Buffer, ArrayBuffer, Uint8Array });
    // And they read the real variables: a test that sets TMPDIR sets it for `os.tmpdir()` too.
    plain.process = Object.assign(this.global.process, { env: process.env });
    plain.Error.stackTraceLimit = 100;
    this.context = plain;
    this.global = plain;
    // What was made over the sandbox is made again.
    this.moduleMocker = new this.moduleMocker.constructor(plain);
    this.fakeTimersModern = new this.fakeTimersModern.constructor({ config: config.projectConfig, global: plain });
  }

  async teardown() {
    await super.teardown();
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
  }
}

/** Node makes some globals when they are first used. */
const lazy = (target, name) => ({
  configurable: true,
  get: () => globalThis[name],
  set: (value) => Object.defineProperty(target, name, { value, writable: true, configurable: true }),
});
