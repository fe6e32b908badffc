import { Cdk } from './cdk';
import { ACCOUNT, Emulator, REGION } from './emulator';

declare global {
  /** The emulator of this run, which `global-teardown.ts` stops. */
  var emulator: Emulator; // eslint-disable-line no-var
}

/** Starts the emulator and prepares its account for the CDK, once for all tests; whatever ends this process ends the emulator. */
export default async function (): Promise<void> {
  globalThis.emulator = await Emulator.start();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  process.env.EMULATOR = JSON.stringify({ environment: globalThis.emulator.environment, plainEndpoint: globalThis.emulator.plainEndpoint });
  try {
    await new Cdk(globalThis.emulator.environment).bootstrap(`aws://${ACCOUNT}/${REGION}`);
  } catch (error) {
    await globalThis.emulator.stop();
    throw error;
  }
}
