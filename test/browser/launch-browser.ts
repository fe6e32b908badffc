import * as fs from 'fs';
import { Browser, chromium } from 'playwright-core';

const PLACES = [process.env.CHROME_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium that is installed; nothing is downloaded. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = PLACES.find(place => place && fs.existsSync(place));
  if (!executablePath) throw new Error(`No browser at ${PLACES.filter(Boolean).join(', ')}: install Chromium, or say where it is by CHROME_PATH`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'] });
}
