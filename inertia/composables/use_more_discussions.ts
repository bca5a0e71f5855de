import { computed, ref, watch } from 'vue'
import { router } from '@inertiajs/vue3'
import { type DiscussionRow } from '~/types'

interface ListProps {
  discussions: DiscussionRow[]
  nextCursor: string | null
}

/**
 * Older pages hang below the first one. When the list moves, the first page alone is reloaded; a
 * row that slid out of it stays in the older part.
 */
export function useMoreDiscussions(props: ListProps) {
  const first = ref(props.discussions)
  const older = ref<DiscussionRow[]>([])
  const cursor = ref(props.nextCursor)
  const loading = ref(false)

  const rows = computed(() => {
    const fresh = new Set(first.value.map((row) => row.id))
    return [...first.value, ...older.value.filter((row) => !fresh.has(row.id))]
  })

  function loadMore() {
    if (!cursor.value || loading.value) return
    loading.value = true
    router.reload({
      only: ['discussions', 'nextCursor'],
      data: { before: cursor.value },
      preserveUrl: true,
      onFinish: () => (loading.value = false),
    })
  }

  watch(
    () => props.discussions,
    (next) => {
      if (loading.value) {
        older.value = [...older.value, ...next]
        cursor.value = props.nextCursor
        return
      }
      if (older.value.length > 0) older.value = [...first.value, ...older.value]
      else cursor.value = props.nextCursor
      first.value = next
    }
  )

  return { rows, hasMore: computed(() => cursor.value !== null), loading, loadMore }
}
