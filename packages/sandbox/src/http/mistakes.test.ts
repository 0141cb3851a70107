import { expect, test } from 'vitest'
import { post, signIn, startTestSandbox, TEST_NOW_MS } from '../testing/client.ts'

const COUNT = { model: 'res.partner', method: 'search_count', args: [[]], kwargs: {} }

test('a mistake of the sandbox is reported, its client learns nothing, and the next call is answered', async () => {
  const mistakes: unknown[] = []
  const mistake = new TypeError('a secret of the sandbox')
  let broken = false
  const sandbox = await startTestSandbox({
    nowMs() {
      if (broken) throw mistake
      return TEST_NOW_MS
    },
    onMistake: (error) => mistakes.push(error),
  })
  const { sessionId } = await signIn(sandbox, 'admin')
  broken = true
  const { status, body } = await post(sandbox, '/web/dataset/call_kw', COUNT, sessionId)
  broken = false
  expect(status).toBe(200)
  expect(body.error?.data).toMatchObject({ name: 'builtins.RuntimeError', message: 'The sandbox failed' })
  expect(mistakes).toEqual([mistake])
  expect((await post(sandbox, '/web/dataset/call_kw', COUNT, sessionId)).body.result).toBeGreaterThan(0)
  await sandbox.close()
})

test('a failure of Odoo is no mistake', async () => {
  const mistakes: unknown[] = []
  const sandbox = await startTestSandbox({ onMistake: (error) => mistakes.push(error) })
  const { sessionId } = await signIn(sandbox, 'admin')
  const { body } = await post(sandbox, '/web/dataset/call_kw', { ...COUNT, args: [[['nope', '=', 1]]] }, sessionId)
  expect(body.error?.data.name).toBe('builtins.ValueError')
  expect(mistakes).toEqual([])
  await sandbox.close()
})

test('closing the sandbox of a test fails with a mistake that nobody listened to', async () => {
  const mistake = new TypeError('unheard')
  let broken = false
  const sandbox = await startTestSandbox({
    nowMs() {
      if (broken) throw mistake
      return TEST_NOW_MS
    },
  })
  const { sessionId } = await signIn(sandbox, 'admin')
  broken = true
  await post(sandbox, '/web/dataset/call_kw', COUNT, sessionId)
  await expect(sandbox.close()).rejects.toBe(mistake)
})
