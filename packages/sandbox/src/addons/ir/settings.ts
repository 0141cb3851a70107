import type { Behaviour } from '../../engine/contract.ts'
import { accessError, userError } from '../../fault/odoo-fault.ts'

/** The form of the general settings, which only administrators send. */
export const resConfigSettings: Behaviour = {
  methods: [
    {
      name: 'execute',
      on: 'records',
      params: [],
      run: ({ orm }) => {
        const { groups } = orm.user()
        if (!groups.has('base.group_system') && !groups.has('base.group_erp_manager')) {
          throw accessError('Only administrators can change the settings')
        }
        throw userError('The sandbox has no settings of this kind.')
      },
    },
  ],
}
