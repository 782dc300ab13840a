import { renderToStaticMarkup } from 'react-dom/server'
import { alarm } from '#emails/alarm'
import { demoThanks } from '#emails/demo-thanks'
import { inquiryReceived } from '#emails/inquiry-received'
import { noticeDigest, spamDigest } from '#emails/notice-digest'
import { supportNotice } from '#emails/support-notice'
import type { Template } from '#emails/template'
import { trialAccess } from '#emails/trial-access'
import { trialChanged } from '#emails/trial-changed'
import { trialConfirm } from '#emails/trial-confirm'
import { trialEnded } from '#emails/trial-ended'
import { trialEnding } from '#emails/trial-ending'
import { trialWelcome } from '#emails/trial-welcome'

const byKind = {
  'support-notice': supportNotice,
  'demo-thanks': demoThanks,
  'inquiry-received': inquiryReceived,
  'trial-confirm': trialConfirm,
  'trial-welcome': trialWelcome,
  'trial-access': trialAccess,
  'trial-ending': trialEnding,
  'trial-ended': trialEnded,
  'trial-changed': trialChanged,
  'notice-digest': noticeDigest,
  'spam-digest': spamDigest,
  alarm,
}

export type MailKind = keyof typeof byKind
/** Which props each kind of mail takes. */
export type MailProps = { [Kind in MailKind]: (typeof byKind)[Kind]['example'] }

export const templates: { [Kind in MailKind]: Template<MailProps[Kind]> } = byKind

export const mailKinds = Object.keys(templates) as MailKind[]

/** The doctype that React Email's components are written for. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

/**
 * Renders subject, HTML and text. Pure. Throws if the props can't be rendered. React Email's own `render` makes the same
 * HTML in three times the time, because it supports templates that wait for data.
 */
export function renderMail<Kind extends MailKind>(kind: Kind, props: MailProps[Kind]) {
  const template: Template<MailProps[Kind]> = templates[kind]
  const html = DOCTYPE + renderToStaticMarkup(template.html(props))
  return { subject: template.subject(props), html, text: template.text(props) }
}
