import { router } from '@inertiajs/vue3'
import { shouldIntercept } from '@inertiajs/core'

/** Turns a plain link into a visit: in long lists one component per link is too dear. */
export function useVisit() {
  return (event: MouseEvent) => {
    if (!(event.currentTarget instanceof HTMLAnchorElement) || !shouldIntercept(event)) return
    event.preventDefault()
    router.visit(event.currentTarget.href)
  }
}
