import type { Behaviour, Method } from '../../engine/contract.ts'
import { accessDenied, userError } from '../../fault/odoo-fault.ts'

const BUTTONS = [
  ...['button_install', 'button_immediate_install', 'button_upgrade', 'button_immediate_upgrade'],
  ...['button_uninstall', 'button_immediate_uninstall', 'button_uninstall_wizard', 'button_install_cancel'],
  ...['button_uninstall_cancel', 'button_upgrade_cancel'],
]

/** The modules of the installation, and those that could be installed. */
export const irModuleModule: Behaviour = {
  computed: {
    // The version that lies on the disk, whether it is installed or not.
    installed_version: (orm, ids) => new Map(ids.map((id) => [id, `${orm.engine.version.serverVersion}.1.0`])),
  },
  methods: BUTTONS.map(
    (name): Method => ({
      name,
      on: 'records',
      params: [],
      run: ({ orm }) => {
        // Odoo looks at the group before it looks at anything else.
        if (!orm.user().groups.has('base.group_system')) throw accessDenied()
        throw userError('The sandbox has the modules that it has: none can be installed or removed.')
      },
    }),
  ),
}
