import './global-setup';

export default async function (): Promise<void> {
  await globalThis.emulator.stop();
}
