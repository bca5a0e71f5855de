import { getConstructionPlans, getUninstallPlans } from 'pg-boss'

const SCHEMA = 'pgboss'

/** The statements that install the queue's own tables, with their own BEGIN and COMMIT, for migrations. */
export function installationPlan() {
  return getConstructionPlans(SCHEMA, { createSchema: false })
}

export function removalPlan() {
  return getUninstallPlans(SCHEMA)
}
