import type { Behaviour } from '../../engine/contract.ts'

/** With whom outside the company a project is shared: `Office Design - Azure Interior`. */
export const projectCollaborator: Behaviour = {
  names: (orm, ids) => {
    const all = orm.asSuperuser()
    const rows = all.values('project.collaborator', ids, ['project_id', 'partner_id'])
    return new Map(
      [...rows].map(([id, { project_id: project, partner_id: partner }]) => {
        const projectName = typeof project === 'number' ? all.names('project.project', [project]).get(project) : ''
        const partnerName = typeof partner === 'number' ? all.names('res.partner', [partner]).get(partner) : ''
        return [id, `${projectName} - ${partnerName}`]
      }),
    )
  },
}
