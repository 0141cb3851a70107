import { type ChildProcess, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const REPOSITORY = dirname(dirname(dirname(import.meta.dirname)))

/** A checkout of a few files in a folder of its own, to install and start things in. Remove it by `using`. */
export type Checkout = {
  readonly directory: string
  /** Writes a file (executable where asked) and answers its path. */
  write(path: string, text: string, mode?: number): string
  [Symbol.dispose](): void
}

/** How a started process ended, once it and all that hold its output are gone. */
export type Ending = { readonly code: number | null; readonly signal: string | null; stdout: string; stderr: string }

/** Makes a checkout with copies of the named files of the repository. */
export function checkout(paths: readonly string[]): Checkout {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'gatehouse-checkout-')))
  const place = (path: string): string => {
    const target = join(directory, path)
    mkdirSync(dirname(target), { recursive: true })
    return target
  }
  for (const path of paths) copyFileSync(join(REPOSITORY, path), place(path))
  writeFileSync(place('package.json'), '{"type":"module"}')
  return {
    directory,
    write(path, text, mode = 0o644) {
      const target = place(path)
      writeFileSync(target, text)
      chmodSync(target, mode)
      return target
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** Installs a platform package whose Node.js is the one that runs the tests; answers the path of its executable. */
export function installRuntime(tree: Checkout, packageName: string): string {
  tree.write(`node_modules/${packageName}/package.json`, JSON.stringify({ name: packageName }))
  tree.write(`node_modules/${packageName}/bin/.keep`, '')
  const executable = join(tree.directory, 'node_modules', packageName, 'bin', 'node')
  symlinkSync(process.execPath, executable)
  return executable
}

/**
 * Writes a file to preload (`--require`) that makes this Node.js pass for version 20.20.2, with or without
 * `process.execve` (which Node.js 22.15 brought).
 */
export function pretendOldNode(tree: Checkout, { execve }: { readonly execve: boolean }): string {
  const lines = [
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })",
    execve ? '' : "Object.defineProperty(process, 'execve', { value: undefined })",
  ]
  return tree.write('old-node.cjs', lines.join('\n'))
}

/** Starts a program; `ended` settles when the process is gone and every holder of its output too. */
export function start(
  executable: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): { readonly child: ChildProcess; readonly firstLine: Promise<string>; readonly ended: Promise<Ending> } {
  const child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { stdout: '', stderr: '' }
  const firstLine = Promise.withResolvers<string>()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output.stdout += chunk
    const end = output.stdout.indexOf('\n')
    if (end >= 0) firstLine.resolve(output.stdout.slice(0, end))
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output.stderr += chunk
  })
  const ended = new Promise<Ending>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...output }))
  })
  return { child, firstLine: firstLine.promise, ended }
}
