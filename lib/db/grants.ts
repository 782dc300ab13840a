import type { Client } from 'pg'

/**
 * Grants the service role, which owns nothing, what site and worker need: rows of our tables, our sequences, and the list of
 * applied migrations (for `npm run doctor`). Repeated after each migration, which may have added tables.
 * @param client connected as the owner of the tables
 */
export async function grantService(client: Client, role: string): Promise<void> {
  await client.query(`
    grant usage on schema public, drizzle to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage on all sequences in schema public to ${role};
    grant select on all tables in schema drizzle to ${role}`)
}
