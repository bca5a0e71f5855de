import { onBeforeUnmount } from 'vue'
import { useChannel } from '~/composables/use_live'
import { useReload } from '~/composables/use_reload'

/** Reads props anew whenever their channel says that they moved. */
export function useFreshProps(channel: string, only: string[]) {
  const { reload, stop } = useReload(only)
  useChannel(
    channel,
    () => reload(),
    () => reload()
  )
  onBeforeUnmount(stop)
}
