import { expect, test } from 'vitest'
import { startWatched } from '../../harness/gateway-behind.ts'
import { expectRefused } from '../../harness/refusal.ts'
import { sendSignIn } from '../../harness/session.ts'
import { target } from '../../harness/target.ts'

// skip: a pause of another Odoo would be that of everybody who uses it.
test.skipIf(target.kind !== 'sandbox')('the pause of Odoo itself is told as 503 with Retry-After', async () => {
  const gateway = await startWatched({ trustedProxies: ['127.0.0.1'], throttle: {} })
  try {
    const signInFrom = (address: string, login: string, password: string) =>
      sendSignIn(gateway.url, { login, password }, { headers: { 'X-Forwarded-For': address } })
    // More than the limits let through for one account: on several, and Odoo takes them all for one address.
    for (let i = 0; i < 10; i++) {
      expectRefused(await signInFrom(`192.0.2.${i}`, `nobody${i}`, 'wrong'), { status: 401 })
    }
    const { login, password } = target.users.demo
    const paused = await signInFrom('192.0.2.100', login, password)
    expectRefused(paused, { status: 503, code: 'temporarily_unavailable' })
    expect(paused.headers['retry-after']).toBe('60')
  } finally {
    await gateway.stop()
  }
})
