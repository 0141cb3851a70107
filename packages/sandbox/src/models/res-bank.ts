import type { Behaviour } from '../engine/contract.ts'

/** Banks are named with their code: `ING - BBRUBEBB`. */
export const resBank: Behaviour = {
  names: (orm, ids) =>
    new Map(
      [...orm.values('res.bank', ids, ['name', 'bic'])].map(([id, { name, bic }]) => [
        id,
        bic ? `${name} - ${bic}` : String(name || ''),
      ]),
    ),
}

/** Bank accounts: the number without its ornaments is what has to be unique. */
export const resPartnerBank: Behaviour = {
  names: (orm, ids) => {
    const accounts = orm.values('res.partner.bank', ids, ['acc_number', 'bank_id'])
    const banks = [...accounts.values()].map((account) => account.bank_id).filter((id) => typeof id === 'number')
    const names = orm.values('res.bank', banks, ['name'])
    return new Map(
      [...accounts].map(([id, { acc_number: number, bank_id: bank }]) => {
        const name = typeof bank === 'number' ? names.get(bank)?.name : undefined
        return [id, name ? `${number} - ${name}` : String(number)]
      }),
    )
  },
  computed: {
    acc_type: (orm, ids) =>
      new Map(
        [...orm.values('res.partner.bank', ids, ['sanitized_acc_number'])].map(([id, record]) => [
          id,
          /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(String(record.sanitized_acc_number)) ? 'iban' : 'bank',
        ]),
      ),
  },
  derived: [
    {
      when: ['acc_number'],
      run: (orm, ids) => {
        for (const [id, { acc_number: number }] of orm.values('res.partner.bank', ids, ['acc_number'])) {
          orm.store('res.partner.bank', id, {
            sanitized_acc_number: String(number).replaceAll(/\W+/g, '').toUpperCase(),
          })
        }
      },
    },
  ],
}
