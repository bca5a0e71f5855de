import { ref } from 'vue'
import { usePage } from '@inertiajs/vue3'
import { type SharedProps, type Theme } from '~/types'

const YEAR_SECONDS = 31_536_000

/** The chosen theme lives in a cookie that the root view reads, so that no page flashes. */
export function useTheme() {
  const page = usePage<SharedProps>()
  const theme = ref<Theme>(page.props.theme ?? 'system')

  function choose(next: Theme) {
    theme.value = next
    document.documentElement.dataset.theme = next
    const secure = location.protocol === 'https:' ? '; secure' : ''
    document.cookie = `nyx_theme=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`
  }

  return { theme, choose }
}
