import '@adonisjs/inertia/types'

import type { VNodeProps, AllowedComponentProps, ComponentInstance } from 'vue'

type ExtractProps<T> = Omit<
  ComponentInstance<T>['$props'],
  keyof VNodeProps | keyof AllowedComponentProps
>

declare module '@adonisjs/inertia/types' {
  export interface InertiaPages {
    'auth/check_mail': ExtractProps<(typeof import('../../inertia/pages/auth/check_mail.vue'))['default']>
    'auth/confirm': ExtractProps<(typeof import('../../inertia/pages/auth/confirm.vue'))['default']>
    'auth/no_workspace': ExtractProps<(typeof import('../../inertia/pages/auth/no_workspace.vue'))['default']>
    'auth/sign_in': ExtractProps<(typeof import('../../inertia/pages/auth/sign_in.vue'))['default']>
    'dev/mailbox': ExtractProps<(typeof import('../../inertia/pages/dev/mailbox.vue'))['default']>
    'discussions/create': ExtractProps<(typeof import('../../inertia/pages/discussions/create.vue'))['default']>
    'discussions/index': ExtractProps<(typeof import('../../inertia/pages/discussions/index.vue'))['default']>
    'discussions/show': ExtractProps<(typeof import('../../inertia/pages/discussions/show.vue'))['default']>
    'errors/show': ExtractProps<(typeof import('../../inertia/pages/errors/show.vue'))['default']>
  }
}
