/** A submission's reference, large enough to be read out on the phone. */
export function SubmissionReference({ reference }: { reference: string }) {
  return (
    <div className="rounded-card border border-line bg-sunken p-5">
      <p className="text-sm text-muted">Your reference number</p>
      <p className="mt-1 text-2xl font-semibold tracking-wide slashed-zero tabular-nums">{reference}</p>
      <p className="mt-2 text-sm text-muted">
        Have it ready when you call or write, so we can find your request.
      </p>
    </div>
  )
}
