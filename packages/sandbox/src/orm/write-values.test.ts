import { describe, expect, test } from 'vitest'
import { useGoldenPartner, useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()
const { id: partner, readOne, write } = useGoldenPartner(admin)

describe('write coerces like Odoo', () => {
  const loop = { a: 1 }
  test.each([
    ['text that says false into a boolean', 'is_company', 'false', true],
    ['an empty text into a boolean', 'is_company', '', false],
    ['an object into text', 'function', loop, "{'a': 1}"],
    ['a list into text', 'function', ['a', 'b', null, 1.5], "['a', 'b', None, 1.5]"],
    ['true into text', 'function', true, 'True'],
    ['a number into text', 'function', 12, '12'],
    ['an empty text', 'function', '', ''],
    ['control characters', 'function', 'a\tb\nc\u0007d', 'a\tb\nc\u0007d'],
    ['quotes', 'function', `O'Brien "q" \\ %s ; --`, `O'Brien "q" \\ %s ; --`],
    ['letters of all scripts', 'function', 'Zoë 😀 שלום 日本', 'Zoë 😀 שלום 日本'],
    ['a fraction into an integer', 'color', 3.7, 3],
    ['text into an integer', 'color', '12', 12],
    ['unset into an integer', 'color', false, 0],
    ['the smallest integer', 'color', -(2 ** 31), -(2 ** 31)],
    ['the largest integer', 'color', 2 ** 31 - 1, 2 ** 31 - 1],
    ['text into a float, rounded to its digits', 'partner_latitude', '12.3456789012', 12.3456789],
    ['a name into a many2one', 'country_id', 'Belgium', false],
    ['a number as text into a many2one', 'country_id', '20', false],
    ['a pair into a many2one', 'country_id', [20, 'Belgium'], false],
    ['true into a many2one', 'country_id', true, false],
    ['zero into a many2one', 'country_id', 0, false],
    ['an id into a many2one', 'country_id', 20, [20, 'Belgium']],
    [
      'scripts and handlers in HTML',
      'comment',
      '<p onclick="x()">Hi <b>b</b><script>alert(1)</script><a href="javascript:x">l</a><img src=x onerror=y></p>',
      '<p>Hi <b>b</b><a href="">l</a><img src="x"></p>',
    ],
    ['plain text in HTML', 'comment', 'a < b & c\nnew line', '<p>a &lt; b &amp; c\nnew line</p>'],
    ['a read-only stored field', 'commercial_company_name', 'Forced', 'Forced'],
  ])('%s', async (_case, field, value, kept) => {
    expect(await write({ [field]: value })).toBe(true)
    expect(await readOne([field])).toEqual({ id: partner(), [field]: kept })
  })

  test.each([
    ['a day for a moment', '2030-01-02', '2030-01-02 00:00:00'],
    ['a moment', '2030-01-02 03:04:05', '2030-01-02 03:04:05'],
    ['nothing', false, false],
  ])('%s into a datetime', async (_case, value, kept) => {
    const task = await admin.call('project.task', 'create', [{ name: 'W' }])
    await write({ date_deadline: value }, task, 'project.task')
    expect(await readOne(['date_deadline'], task, 'project.task')).toEqual({ id: task, date_deadline: kept })
  })

  test('cuts text at whole characters', async () => {
    await write({ name: '😀😀😀😀' }, 1, 'res.currency')
    expect(await readOne(['name'], 1, 'res.currency')).toEqual({ id: 1, name: '😀😀😀' })
  })

  test('writes related fields where they belong', async () => {
    await write({ email: 'rel@example.com', name: 'Marc D.' }, 6, 'res.users')
    expect(await readOne(['email', 'name', 'display_name'], 7)).toEqual({
      id: 7,
      email: 'rel@example.com',
      name: 'Marc D.',
      display_name: 'YourCompany, Marc D.',
    })
  })

  test.each([
    ['the id', { id: 4242 }],
    ['the display name', { display_name: 'x' }],
    ['the log', { create_date: '2001-01-01 00:00:00', create_uid: 1 }],
    ['a computed field without an inverse', { contact_address: 'x' }],
  ])('answers true and changes nothing for %s', async (_case, values) => {
    const fields = Object.keys(values)
    const before = await readOne(fields)
    expect(await write(values)).toBe(true)
    expect(await readOne(fields)).toEqual(before)
  })

  test('through a computed field with an inverse', async () => {
    await write({ company_type: 'company' })
    expect(await readOne(['is_company'])).toEqual({ id: partner(), is_company: true })
  })
})
