import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Sandbox } from '../index.ts'
import { startTestSandbox } from '../testing/client.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startTestSandbox({ odooVersion: 18 })
})
afterAll(() => sandbox.close())

/** Sends a call of XML-RPC and answers what came back. */
async function xmlRpc(path: string, body: string, contentType = 'text/xml'): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': contentType }
  const response = await fetch(sandbox.url + path, { method: 'POST', headers, body })
  return { status: response.status, text: await response.text() }
}

const VERSION = '<methodCall><methodName>version</methodName></methodCall>'

describe('/xmlrpc', () => {
  test.each(['/xmlrpc/common', '/xmlrpc/2/common', '/xmlrpc/2/common/'])('%s answers', async (path) => {
    const { status, text } = await xmlRpc(path, VERSION)
    expect(status).toBe(200)
    expect(text).toContain('<name>server_serie</name>\n<value><string>18.0</string></value>')
  })

  test('a fault is a number in version 2, its name in version 1, and HTTP 200', async () => {
    const call = `<methodCall><methodName>execute</methodName><params>${[
      'demo',
      '<int>2</int>',
      'bad',
      'res.partner',
      'read',
    ]
      .map((value) => `<param><value>${value}</value></param>`)
      .join('')}</params></methodCall>`
    const [first, second] = [await xmlRpc('/xmlrpc/object', call), await xmlRpc('/xmlrpc/2/object', call)]
    expect([first.status, second.status]).toEqual([200, 200])
    expect(first.text).toContain('<value><string>AccessDenied</string></value>')
    expect(second.text).toContain('<value><int>3</int></value>')
  })

  test.each([
    ['a body that is no XML', '/xmlrpc/2/common', 'x', 'text/xml'],
    ['a body that is told to be a form', '/xmlrpc/2/common', VERSION, 'application/x-www-form-urlencoded'],
    ['a service that there is not', '/xmlrpc/2/nope', VERSION, 'text/xml'],
  ])('%s is fault 1', async (_name, path, body, contentType) => {
    const { status, text } = await xmlRpc(path, body, contentType)
    expect(status).toBe(200)
    expect(text).toContain('<name>faultCode</name>\n<value><int>1</int></value>')
  })

  test('other methods than POST are not allowed', async () => {
    const response = await fetch(`${sandbox.url}/xmlrpc/2/common`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('OPTIONS, POST')
  })
})
