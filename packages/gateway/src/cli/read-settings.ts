import { existsSync, readFileSync } from 'node:fs'
import type { Environment } from '../config/environment.ts'
import { loadSettings } from '../config/load-settings.ts'
import type { Settings } from '../config/settings.ts'
import { StartError } from './start-error.ts'

/** The settings file that is taken when it is there and `GATEHOUSE_CONFIG` names no other. */
const DEFAULT_FILE = 'gatehouse.yaml'

/**
 * Reads the environment and the settings file.
 *
 * @throws SettingsError with every wrong setting
 * @throws StartError when the file that `GATEHOUSE_CONFIG` names cannot be read
 */
export function readSettings(environment: Environment): Settings {
  const named = environment.GATEHOUSE_CONFIG || undefined
  const name = named ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : undefined)
  if (name === undefined) return loadSettings({ environment })
  return loadSettings({ environment, file: { name, text: readText(name) } })
}

function readText(name: string): string {
  try {
    return readFileSync(name, 'utf8')
  } catch (cause) {
    throw new StartError(`The settings file ${name} cannot be read: check the path in GATEHOUSE_CONFIG.`, { cause })
  }
}
