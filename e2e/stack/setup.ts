import { startTestPostgres } from './postgres.ts'

/** Before all tests: starts PostgreSQL, unless the runner has started one. Returns how to stop it. */
export default () => startTestPostgres()
