import { useChannel } from '~/composables/use_live'
import { useSession } from '~/composables/use_session'

/** Hears that the list of discussions moved, and that it may have while nobody listened. */
export function useWorkspaceNews(onMoved: () => void = () => {}) {
  const { workspace } = useSession()
  const id = workspace.value?.id ?? ''
  useChannel(`t/${id}/discussions/${id}`, onMoved, onMoved)
}
