export { sendSignInLinkJob } from './jobs.ts'
export {
  LINK_MINUTES,
  consumeLink,
  issueLink,
  requestLink,
  sendLink,
  type LinkOutcome,
} from './login_links.ts'
export { PostgresSessionStore } from './session_store.ts'
export { signOut } from './sign_out.ts'
export { hashSecret, newSecret } from './tokens.ts'
export { readVisitByHash, type Role, type Visit } from './visit.ts'
export { VisitGuard, type Actor } from './visit_guard.ts'
export { mayStillWork } from './rights.ts'
