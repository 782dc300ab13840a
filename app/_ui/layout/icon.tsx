import type { ReactNode } from 'react'

type Props = { className?: string }

/**
 * A 24 by 24 icon, always beside text with the same meaning, so hidden from screen readers. Width and height are
 * attributes, because without CSS it would fill the page.
 */
function Icon({ className, children }: Props & { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="20"
      height="20"
      aria-hidden="true"
      focusable="false"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  )
}

export function AlertIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2Z" />
      <path d="M12 7.5v5.5M12 16.4v.1" />
    </Icon>
  )
}

export function InfoIcon(props: Props) {
  return (
    <Icon {...props}>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5.5M12 7.6v.1" />
    </Icon>
  )
}

export function TickIcon(props: Props) {
  return (
    <Icon {...props}>
      <circle cx="12" cy="12" r="9" />
      <path d="M7.8 12.4l2.9 2.9 5.6-6" />
    </Icon>
  )
}

export function PhoneIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M5 3.5h3.6l1.7 4.6-2.3 1.6a12.5 12.5 0 0 0 6.3 6.3l1.6-2.3 4.6 1.7V19a1.8 1.8 0 0 1-1.9 1.8A16.2 16.2 0 0 1 3.2 5.4 1.8 1.8 0 0 1 5 3.5Z" />
    </Icon>
  )
}

export function MailIcon(props: Props) {
  return (
    <Icon {...props}>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <path d="M3.5 7l8.5 6.2L20.5 7" />
    </Icon>
  )
}

export function CardIcon(props: Props) {
  return (
    <Icon {...props}>
      <rect x="3" y="5" width="18" height="14" rx="2" />
      <circle cx="8.8" cy="10.6" r="1.9" />
      <path d="M5.8 15.8c.5-1.6 1.6-2.3 3-2.3s2.5.7 3 2.3M14.5 10h3.5M14.5 14h3.5" />
    </Icon>
  )
}

export function PlaceIcon(props: Props) {
  return (
    <Icon {...props}>
      <path d="M12 21.3c4.4-4.8 6.6-8.4 6.6-11.3a6.6 6.6 0 1 0-13.2 0c0 2.9 2.2 6.5 6.6 11.3Z" />
      <circle cx="12" cy="9.9" r="2.3" />
    </Icon>
  )
}
