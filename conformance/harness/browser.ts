import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian's package puts Chromium. */
const CHROMIUM = '/usr/bin/chromium'

/** Whether the tests that need a browser can run here. */
export const hasBrowser = existsSync(CHROMIUM)

/** Starts Chromium without a window, and without any traffic of its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
