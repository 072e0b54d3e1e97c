// Chromium as a judge of what runs and what is loaded (Debian: chromium). It asks the network for nothing by itself.
import { type Browser, chromium } from 'playwright-core';
import { isSkipped } from '../oracles/command.ts';

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const chromiumIsMissing = isSkipped(EXECUTABLE, ['--version']);

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
}
