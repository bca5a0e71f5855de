export const policies = {
  DiscussionPolicy: () => import('#policies/discussion_policy'),
}

