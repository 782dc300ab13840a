import { startTestPostgres } from './postgres.ts'

/** Before all tests: a PostgreSQL, unless the runner has started one. Answers how to stop it. */
export default startTestPostgres
