import type { ReactElement } from 'react'

/**
 * One kind of mail: its subject, HTML and plain text, and example props for the preview.
 * The text is written by hand: React Email's conversion folds the line breaks of a visitor's message.
 */
export type Template<Props> = {
  /** Safe as a header value: one line, no control or invisible characters. */
  subject: (props: Props) => string
  /** A pure function without hooks: it is called, not mounted. */
  html: (props: Props) => ReactElement
  /** Wrapped at 72 columns, except links. */
  text: (props: Props) => string
  example: Props
}

/** The sender's details, printed in every mail. */
export type SenderDetails = {
  phone: string
  /** `tel:` and the number in E.164. */
  phoneHref: string
  email: string
  place: string
  /** The street address, if the operator has set one; printed in place of `place`. */
  postalAddress?: string
}

export const exampleSite: SenderDetails = {
  phone: '(760) 334-5013',
  phoneHref: 'tel:+17603345013',
  email: 'support@trackstat.org',
  place: 'La Quinta, CA 92253',
}
