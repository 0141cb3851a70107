import { describe, expect, test } from 'vitest'
import { refusalOf } from '../testing/client.ts'
import { useSandbox } from '../testing/workbench.ts'

const { admin } = useSandbox()

const search = (domain: unknown, model = 'res.partner') =>
  admin.call(model, 'search', [domain], { order: 'id', limit: 4 })

const company = ['is_company', '=', true]

describe('a comparison finds what a real server finds', () => {
  test.each([
    ['equality respects capitals', [['name', '=', 'azure interior']], []],
    ['like respects capitals', [['name', 'like', 'Interior']], [15]],
    ['like of other capitals', [['name', 'like', 'interior']], []],
    ['ilike does not', [['name', 'ilike', 'INTERIOR']], [15]],
    ['wild characters', [['name', 'ilike', 'a_ure%rior']], [15]],
    ['wild characters taken literally', [['name', 'ilike', 'a\\_ure']], []],
    ['=like', [['name', '=like', 'Azure%']], [15]],
    ['=like respects capitals', [['name', '=like', 'azure%']], []],
    ['=ilike', [['name', '=ilike', 'azure%']], [15]],
    ['an empty ilike finds unset values, too', [['function', 'ilike', '']], [1, 3, 7, 8]],
    ['not like finds unset values, too', [company, ['function', 'not like', 'x']], [1, 9, 10, 11]],
    ['unset', [company, ['function', '=', false]], [1, 9, 10, 11]],
    ['null is unset', [company, ['function', '=', null]], [1, 9, 10, 11]],
    ['an empty text is unset (18 and later)', [company, ['function', '=', '']], [1, 9, 10, 11]],
    ['set', [['function', '!=', false]], [17, 18, 19, 20]],
    ['unequal finds unset values, too', [company, ['function', '!=', 'Sales Manager']], [1, 9, 10, 11]],
    ['in', [['id', 'in', [15, 11, 999]]], [11, 15]],
    ['in an empty list', [['id', 'in', []]], []],
    ['not in an empty list', [['id', 'not in', []]], [1, 3, 7, 8]],
    ['not in with unset', [['function', 'not in', [false, 'Sales Manager']]], [17, 18, 19, 20]],
    ['in with unset', [company, ['function', 'in', [false]]], [1, 9, 10, 11]],
    ['a list after =', [['id', '=', [15]]], [15]],
    ['the old spelling of unequal', [['id', '<>', 1]], [3, 7, 8, 9]],
    ['a number as text', [['id', '=', '15']], [15]],
    ['ilike on a number', [['id', 'ilike', '14']], [14]],
    ['a number that is unset is 0', [['color', '=', false]], [1, 3, 7, 8]],
    ['a boolean as a number', [['is_company', '=', 1]], [1, 9, 10, 11]],
    ['a boolean as text', [['is_company', '=', 'true']], [1, 9, 10, 11]],
    ['a boolean in a list', [['is_company', 'in', [true, false]]], [1, 3, 7, 8]],
    ['order of text', [company, ['name', '<=', 'B']], [15]],
    [
      '=? without a value',
      [
        ['country_id', '=?', false],
        ['name', '=?', 'Azure Interior'],
      ],
      [15],
    ],
    [
      'a picture',
      [
        ['image_1920', '!=', false],
        ['id', '<', 9],
      ],
      [1, 3, 7, 8],
    ],
    ['no picture', [['image_1920', '=', false], company], []],
    ['a display name', [['display_name', 'ilike', 'Azure Interior, B']], [27]],
    ['a computed field that cannot be searched finds all until 18', [['contact_address', '=', 'x']], [1, 3, 7, 8]],
  ])('%s', async (_case, domain, ids) => {
    expect(await search(domain)).toEqual(ids)
  })
})

describe('a relation', () => {
  test.each([
    ['by id', [['country_id', '=', 20]], [13]],
    ['by name', [['country_id', '=', 'Belgium']], [13]],
    ['by names', [['country_id', 'in', ['Belgium', 'Andorra']]], [13]],
    ['by part of a name', [['country_id', 'ilike', 'belg']], [13]],
    ['unequal', [['country_id', '!=', 233]], [13]],
    [
      'to nowhere',
      [
        ['parent_id', '=', false],
        ['id', '>', 14],
      ],
      [15, 16],
    ],
    ['that does not exist', [['country_id', '=', 999999]], []],
    [
      'through a path',
      [
        ['parent_id.country_id.code', '=', 'US'],
        ['id', '<', 20],
      ],
      [17, 18, 19],
    ],
    ['list: holds', [['category_id', '=', 5]], [15]],
    ['list: holds one of', [['category_id', 'in', [5, 4]]], [11, 15]],
    ['list: holds none of', [['category_id', 'not in', [7]], company], [1, 13, 14, 15]],
    ['list: is empty', [['category_id', '=', false], company], [1, 13, 14, 16]],
    ['list: is not empty', [['category_id', '!=', false]], [9, 10, 11, 12]],
    ['list: by name', [['child_ids', 'ilike', 'freeman']], [15]],
    ['list: through a path', [['child_ids.function', 'ilike', 'manager']], [9, 11, 12]],
    ['list: any other', [['category_id.name', '!=', 'Prospects']], [9, 10, 11, 12]],
    ['any', [['child_ids', 'any', [['function', 'ilike', 'manager']]]], [9, 11, 12]],
    ['any on many2one', [['country_id', 'any', [['code', '=', 'BE']]]], [13]],
    ['not any', [['child_ids', 'not any', []], company], [13]],
    ['child_of', [['id', 'child_of', 15]], [15, 27, 28, 34]],
    ['child_of by name', [['parent_id', 'child_of', 'Azure Interior']], [15, 27, 28, 34]],
    ['child_of in a list', [['category_id', 'child_of', 1]], [9, 10, 11, 12]],
    ['child_of nothing', [['id', 'child_of', false]], []],
    ['parent_of', [['id', 'parent_of', 27]], [15, 27]],
  ])('%s', async (_case, domain, ids) => {
    expect(await search(domain)).toEqual(ids)
  })

  test('of another model: dates without a time cover the day', async () => {
    await admin.call('project.task', 'write', [[1], { date_deadline: '2030-01-02 10:00:00' }])
    const found = (operator: string) =>
      search(
        [
          ['date_deadline', operator, '2030-01-02'],
          ['id', '=', 1],
        ],
        'project.task',
      )
    expect(await found('<=')).toEqual([1])
    expect(await found('>=')).toEqual([1])
    expect(await found('>')).toEqual([])
  })
})

describe('connectives', () => {
  test.each([
    ['none is and', [company, ['name', 'ilike', 'wood']], [9, 13]],
    ['and', ['&', company, ['country_id.code', '=', 'US'], ['name', 'ilike', 'wood']], [9]],
    ['or', ['|', ['id', '=', 15], ['id', '=', 11]], [11, 15]],
    ['not', ['!', company], [3, 7, 8, 17]],
    ['nested', ['&', company, '|', ['name', 'ilike', 'azure'], '!', ['country_id.code', '=', 'US']], [13, 15]],
    ['true', [[1, '=', 1]], [1, 3, 7, 8]],
    ['false', [[0, '=', 1]], []],
    ['false in or', ['|', [0, '=', 1], ['id', '=', 15]], [15]],
    ['no domain at all', [], [1, 3, 7, 8]],
  ])('%s', async (_case, domain, ids) => {
    expect(await search(domain)).toEqual(ids)
  })
})

describe('what a real server refuses', () => {
  test.each([
    ['half a not', ['!'], 'builtins.ValueError', "Domain ['!'] is syntactically not correct."],
    [
      'half an or',
      ['|', company],
      'builtins.ValueError',
      "Domain ['|', ['is_company', '=', True]] is syntactically not correct.",
    ],
    ['an object', { name: 'a' }, 'builtins.AssertionError', undefined],
    ['text', 'name = 1', 'builtins.AssertionError', undefined],
    ['null', null, 'builtins.AssertionError', undefined],
    ['a number for a term', [5], 'builtins.TypeError', undefined],
    ['two parts', [['name', '=']], 'builtins.ValueError', undefined],
    ['four parts', [['name', '=', 'a', 'b']], 'builtins.ValueError', undefined],
    ['an unknown operator', [['name', '~~', 'x']], 'builtins.ValueError', "Invalid leaf ('name', '~~', 'x')"],
    ['an operator in capitals', [['name', 'ILIKE', 'x']], 'builtins.ValueError', undefined],
    ['a number for a field', [[3, '=', 3]], 'builtins.AttributeError', undefined],
    [
      'an unknown field',
      [['nope', '=', 1]],
      'builtins.ValueError',
      "Invalid field res.partner.nope in leaf ('nope', '=', 1)",
    ],
    [
      'an unknown field of a path',
      [['country_id.nope', '=', 1]],
      'builtins.ValueError',
      "Invalid field res.country.nope in leaf ('nope', '=', 1)",
    ],
    [
      'a path through text',
      [['name.foo', '=', 1]],
      'builtins.AssertionError',
      "Invalid field 'name.foo' in domain term ('name.foo', '=', 1)",
    ],
    ['in with a number', [['id', 'in', 3]], 'builtins.ValueError', "Invalid domain term ('id', 'in', 3)"],
    ['text for an id', [['id', '=', 'abc']], 'psycopg2.errors.InvalidTextRepresentation', undefined],
    [
      'text for a number',
      [['color', '=', 'abc']],
      'builtins.ValueError',
      "invalid literal for int() with base 10: 'abc'",
    ],
    ['any on text', [['name', 'any', []]], 'builtins.KeyError', undefined],
    ['SQL for a field', [['name" OR 1=1 --', '=', 1]], 'builtins.ValueError', undefined],
    ['what every object has', [['__proto__', '=', 1]], 'builtins.ValueError', undefined],
  ])('%s', async (_case, domain, exception, message) => {
    const refusal = await refusalOf(search(domain))
    expect(refusal.exception).toBe(exception)
    if (message !== undefined) expect(refusal.message).toBe(message)
  })
})

describe('size', () => {
  test('a domain of 5,000 terms is answered', async () => {
    const terms = Array.from({ length: 5000 }, (_, index) => ['id', '=', index])
    expect(await search([...Array(4999).fill('|'), ...terms])).toEqual([1, 3, 7, 8])
  })

  test('a domain of 1,000 terms with paths is answered', async () => {
    const terms = Array.from({ length: 1000 }, (_, index) => ['parent_id.country_id.code', '=', `X${index}`])
    expect(await search([...Array(1000).fill('|'), ['id', '=', 15], ...terms])).toEqual([15])
  })

  test('a list of 100,000 ids is answered', async () => {
    expect(await search([['id', 'in', Array.from({ length: 100_000 }, (_, index) => index)]])).toEqual([1, 3, 7, 8])
  })

  test.each([
    ['a many2one in names', 'country_id', 'in', 'Belgium'],
    ['below names', 'parent_id', 'child_of', 'Azure Interior'],
  ])('3,000 names are answered as one: %s', async (_case, field, operator, name) => {
    const names = Array.from({ length: 3000 }, (_, index) => `No such name ${index}`)
    expect(await search([[field, operator, [...names, name]]])).toEqual(await search([[field, operator, [name]]]))
  })

  test('100,000 names beside ids are told apart in a moment', async () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `No such name ${index}`)
    const started = performance.now()
    const found = await search([['country_id', 'in', [...names, 20]]])
    expect(performance.now() - started).toBeLessThan(5000)
    expect(found).toEqual(await search([['country_id', '=', 20]]))
  })

  test('a statement that is too long is refused in the words of PostgreSQL', async () => {
    const terms = Array.from({ length: 40_000 }, (_, index) => ['name', 'ilike', `X${index}`])
    expect(await refusalOf(search([...Array(39_999).fill('|'), ...terms]))).toEqual({
      exception: 'psycopg2.errors.StatementTooComplex',
      message: 'stack depth limit exceeded\n',
    })
  })

  test('values are never SQL', async () => {
    expect(await search([['name', '=', "x' OR '1'='1"]])).toEqual([])
    expect(await search([['name', 'in', ["'); DROP TABLE res_partner; --"]]])).toEqual([])
    expect(await search([['id', '=', 15]])).toEqual([15])
  })

  test('20,000 nots or brackets do not bring it down', async () => {
    expect(await search([...Array(20_000).fill('!'), ['id', '=', 15]])).toEqual([15])
    let nested: unknown = [['id', '=', 15]]
    for (let depth = 0; depth < 3000; depth += 1) nested = [['child_ids', 'any', nested]]
    expect((await refusalOf(search(nested))).exception).toMatch(/^builtins\./)
    expect(await search([['id', '=', 15]])).toEqual([15])
  })
})

describe('archived records', () => {
  test.each([
    ['are hidden', [['login', 'in', ['public', 'admin']]], {}, [2]],
    ['show when asked for', [['login', 'in', ['public', 'admin']]], { active_test: false }, [2, 4]],
    [
      'show when the domain speaks of active',
      [
        ['active', 'in', [true, false]],
        ['login', '=', 'public'],
      ],
      {},
      [4],
    ],
  ])('%s', async (_case, domain, context, ids) => {
    expect(await admin.call('res.users', 'search', [domain], { order: 'id', context })).toEqual(ids)
  })
})
