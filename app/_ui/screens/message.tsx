type Props = { from: 'practice' | 'patient'; sender: string; time: string; children: string }

/** One message of a conversation: the practice on the left, the patient on the right, both named. */
export function Message({ from, sender, time, children }: Props) {
  const side =
    from === 'practice' ? 'mr-auto rounded-bl-none bg-sunken' : 'ml-auto rounded-br-none bg-accent-soft'
  return (
    <li className={`max-w-[85%] rounded-card border border-line px-4 py-2.5 ${side}`}>
      <p className="text-sm text-muted">
        <span className="font-semibold text-ink">{sender}</span>,{' '}
        <span className="whitespace-nowrap">{time}</span>
      </p>
      <p>{children}</p>
    </li>
  )
}
