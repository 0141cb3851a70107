import type { Behaviour } from '../../engine/contract.ts'

/** The modules of the installation, and those that could be installed. */
export const irModuleModule: Behaviour = {
  computed: {
    // The version that lies on the disk, whether it is installed or not.
    installed_version: (orm, ids) => new Map(ids.map((id) => [id, `${orm.engine.version.serverVersion}.1.0`])),
  },
}
