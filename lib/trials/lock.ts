import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '#lib/trials/transitions'

/** A trial to be confirmed, locked with its lead. */
export type LockedTrial = {
  id: string
  leadId: string
  submissionId: string
  email: string
  tokenHash: string
  tokenIssue: number
  codeTries: number
  started: boolean
  /** Whether its latest link and code can be used. */
  usable: boolean
  /**
   * Whether the mail server accepted a mail with the current code. Also true while the outcome of an attempt is unknown: a
   * worker can die after the server's reply and before storing it.
   */
  codeSent: boolean
  /** Whether the start gets a webhook. */
  announced: boolean
}

/** Locks a trial and its lead: concurrent confirmations of two requests of one person wait for each other here. */
export const lockQuery = (condition: SQL) => sql`
  select t.id, t.lead_id as "leadId", t.submission_id as "submissionId", l.email, t.mailbox_key as "mailboxKey",
    t.token_hash as "tokenHash", t.token_issue as "tokenIssue", t.code_tries as "codeTries",
    t.starts_at is not null as started,
    t.state = 'requested' and t.token_used_at is null and t.token_expires_at > now() as usable,
    exists (select from mails m
      where m.trial_id = t.id and m.kind = 'trial-confirm' and m.code_issue = t.token_issue
        and (m.state = 'sent' or m.state = 'sending'
          and exists (select from mail_attempts a where a.mail_id = m.id and a.ended_at is null))) as "codeSent",
    s.verdict <> 'held' and exists (select from webhook_endpoint where url_hash is not null) as announced
  from trials t join leads l on l.id = t.lead_id join submissions s on s.id = t.submission_id
  where ${condition}
  for update of t, l`

/** Locks a trial and its lead until the end of the transaction. */
export async function lockTrial(tx: Transaction, condition: SQL): Promise<LockedTrial | undefined> {
  const { rows } = await tx.execute<LockedTrial>(lockQuery(condition))
  return rows[0]
}
